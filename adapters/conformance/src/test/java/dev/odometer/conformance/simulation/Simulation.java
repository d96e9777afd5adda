package dev.odometer.conformance.simulation;

import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.Delivery;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.usage.UsageEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One run: two processes, two clients and a queue, with faults for six minutes across a scheduled export. Then the
 * faults end, and within an hour everything is counted, delivered and run.
 */
final class Simulation {

    private static final int NODES = 2;
    private static final int CLIENTS = 2;
    private static final int BATCHES = 4;
    private static final int MESSAGES = 8;
    private static final List<String> SUBJECTS = List.of("acme", "globex", "initech");
    private static final Duration FAULTS = Duration.ofMinutes(6);
    private static final Instant EXPORT = Instant.parse("2026-11-02T02:00:00Z");
    /** As in the cron expression of the schedule. */
    private static final Duration EXPORT_INTERVAL = Duration.ofMinutes(15);
    /** The fourth attempt of a delivery comes up to 42 minutes after the first. */
    private static final Duration RECOVERY = Duration.ofMinutes(60);
    /** A clock that jumps causes a further attempt; the fifth one comes up to 144 minutes after the fourth. */
    private static final Duration RECOVERY_WITH_CLOCKS = Duration.ofHours(4);

    private final Plan plan;
    private final World world;
    private final Store store;
    private final Receiver receiver;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Broker broker;
    private final Set<String> sent = new HashSet<>();
    private final Set<String> usedSubjects = new HashSet<>();
    private BigDecimal tokens = BigDecimal.ZERO;
    private Instant export = EXPORT;

    private Simulation(Plan plan) {
        this.plan = plan;
        world = new World(plan);
        store = new Store(world);
        receiver = new Receiver(world);
        broker = new Broker(world, store, this::anyNode);
    }

    /** Runs the plan, and returns the invariant that is violated. */
    static Optional<String> violation(Plan plan) {
        return new Simulation(plan).run();
    }

    /** What distinguishes two runs. */
    static String trace(Plan plan) {
        var simulation = new Simulation(plan);
        simulation.run();
        return simulation.world.now() + " " + simulation.world.random.nextLong() + " " + simulation.store.exports;
    }

    private Optional<String> run() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node(world, store, receiver));
        }
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(new Client(world, store, this::anyNode, batches(client)));
        }
        for (int i = 0; i < MESSAGES; i++) {
            boolean isPoison = i % 4 == 3;
            broker.send("m" + i, isPoison ? "{\"specversion\":\"1.0\"}" : json(event("m" + i)));
        }
        supervise();
        if (world.isPlanned(Fault.WRONG_CLOCK)) {
            clocks().forEach(clock -> world.after(world.millis(0, (int) FAULTS.toMillis()), clock::jump));
        }
        world.runUntil(World.START.plus(FAULTS));
        world.calm();
        clocks().forEach(VirtualClock::correct);
        Instant end = world.now().plus(RECOVERY);
        if (world.isPlanned(Fault.WRONG_CLOCK)) {
            end = world.now().plus(RECOVERY_WITH_CLOCKS);
            // A tick may be skipped while a clock is ten years ahead. The last wait of a fault can end long after it.
            while (!export.isAfter(world.now())) {
                export = export.plus(EXPORT_INTERVAL);
            }
        }
        do {
            world.runUntil(world.now().plus(Duration.ofMinutes(3)));
        } while (!isDone() && world.now().isBefore(end) && world.violation().isEmpty());
        check();
        return world.violation();
    }

    private Stream<VirtualClock> clocks() {
        return Stream.concat(Stream.of(store.clock), nodes.stream().map(node -> node.clock));
    }

    private Node anyNode() {
        return nodes.get(world.random.nextInt(NODES));
    }

    /** Replaces processes that were killed. */
    private void supervise() {
        for (int i = 0; i < NODES; i++) {
            if (!nodes.get(i).isAlive()) {
                nodes.set(i, new Node(world, store, receiver));
            }
        }
        world.after(world.millis(1_000, 5_000), this::supervise);
    }

    private UsageEvent event(String id) {
        String subject = SUBJECTS.get(world.random.nextInt(SUBJECTS.size()));
        int value = 2 + world.random.nextInt(5);
        sent.add(id);
        usedSubjects.add(subject);
        tokens = tokens.add(BigDecimal.valueOf(value));
        return AlertExamples.event(id, subject, String.valueOf(value), World.START);
    }

    private List<List<UsageEvent>> batches(int client) {
        var batches = new ArrayList<List<UsageEvent>>();
        for (int batch = 0; batch < BATCHES; batch++) {
            var events = new ArrayList<UsageEvent>();
            for (int i = 0; i <= world.random.nextInt(3); i++) {
                events.add(event("c" + client + "-" + batch + "-" + i));
            }
            batches.add(events);
        }
        return batches;
    }

    private static String json(UsageEvent event) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + event.id()
                + "\",\"source\":\"s\",\"type\":\"prompt\",\"subject\":\""
                + event.subject() + "\",\"time\":\"" + World.START + "\",\"data\":{\"tokens\":\""
                + Objects.requireNonNull(event.data()).get("tokens") + "\",\"model\":\"m\"}}";
    }

    private boolean isDone() {
        return clients.stream().allMatch(Client::isDone)
                && broker.isDone()
                && raised().stream().allMatch(this::isDelivered)
                && store.exports.contains(export);
    }

    private List<Notification> raised() {
        return AlertExamples.raised(store.ports.notifications());
    }

    private boolean isDelivered(Notification notification) {
        return receiver.received.contains(notification.id())
                && store.ports.notifications().find(notification.id()).orElseThrow().deliveries().stream()
                        .allMatch(delivery -> delivery.state() == Delivery.State.SUCCESS);
    }

    private void check() {
        world.require(clients.stream().allMatch(Client::isDone), "a batch waits after the faults have ended");
        world.require(broker.isDone(), "a message waits after the faults have ended");
        world.require(sent.stream().allMatch(store::isCounted), "an event is lost");
        world.require(
                store.tokens().compareTo(tokens) == 0,
                "the usage is " + store.tokens() + " instead of " + tokens + ", so an event counts twice or is lost");
        List<Notification> raised = raised();
        long distinct = raised.stream().map(AlertExamples::subject).distinct().count();
        world.require(distinct == raised.size(), "a notification is raised twice");
        world.require(
                plan.percent(Fault.WRONG_CLOCK) > 0 || distinct == usedSubjects.size(), "a notification is missing");
        for (Notification notification : raised) {
            world.require(
                    receiver.received.contains(notification.id()),
                    "a notification is not delivered: "
                            + store.ports
                                    .notifications()
                                    .find(notification.id())
                                    .orElseThrow());
            world.require(isDelivered(notification), "a delivery does not end");
        }
        world.require(store.exports.contains(export), "the export did not run: " + store.exports);
        Instant last = store.ticks.lastDone(SimulatedApp.DELIVER).orElse(Instant.EPOCH);
        world.require(
                !last.isBefore(world.now().minus(Duration.ofMinutes(3))) && !last.isAfter(world.now()),
                "the schedule of every minute last ran at " + last);
    }
}

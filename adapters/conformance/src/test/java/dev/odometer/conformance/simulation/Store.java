package dev.odometer.conformance.simulation;

import static dev.odometer.metering.notification.AlertExamples.CHANNEL;

import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.InMemoryTickLog;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.notification.AlertingStore;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.InMemoryAlerts;
import dev.odometer.metering.notification.InMemoryNotifications;
import dev.odometer.metering.notification.InMemoryOutbox;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The database that all processes share: the in-memory ports, reached over a connection that fails. */
final class Store {

    /** The statement timeout and the margin of the client. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final World world;
    private int ids;
    final VirtualClock clock;
    final AlertingStore ports;
    final Outbox outbox;
    final InMemoryTickLog ticks;
    final InMemoryDeadLetterStore deadLetters = new InMemoryDeadLetterStore();
    /** The due times of the ticks whose work was done, with repetitions. */
    final List<Instant> exports = new ArrayList<>();

    private final Set<String> counted = new HashSet<>();

    Store(World world) {
        this.world = world;
        clock = new VirtualClock(world);
        ports = InMemoryAlerts.store(
                clock, () -> Examples.id(100 + ids++), () -> Node.current().deliveriesDue());
        outbox = new InMemoryOutbox((InMemoryNotifications) ports.notifications(), clock);
        ticks = new InMemoryTickLog(clock);
        ticks.runOnce(new Tick(SimulatedApp.EXPORT, World.START), () -> true);
        ports.meters().add(AlertExamples.tokens(Aggregation.SUM));
        ports.notifications().put(AlertExamples.channel());
        RuleCondition.OfUsage tokens = AlertExamples.condition(WindowSize.DAY, "1");
        ports.notifications().put(Examples.rule(50, tokens, CHANNEL));
    }

    /** A call of a process, with the faults of its connection. */
    <T> T call(Node node, Supplier<T> effect) {
        node.requireAlive();
        world.pass(world.millis(1, 10));
        if (world.happens(Fault.CRASH_BEFORE_EFFECT)) {
            throw node.crash();
        }
        if (world.happens(Fault.SLOW_STORE)) {
            world.pass(world.millis(1_000, 14_000));
        }
        boolean isSilent = world.happens(Fault.SILENT_STORE);
        boolean isRefused = world.happens(Fault.REFUSED_CALL);
        if (isRefused || (isSilent && world.random.nextBoolean())) {
            world.pass(isSilent ? TIMEOUT : Duration.ofMillis(1));
            node.requireAlive();
            throw unavailable();
        }
        node.requireAlive();
        T result = effect.get();
        world.pass(isSilent ? TIMEOUT : world.millis(1, 10));
        if (world.happens(Fault.CRASH_AFTER_EFFECT)) {
            throw node.crash();
        }
        node.requireAlive();
        if (isSilent || world.happens(Fault.LOST_ACKNOWLEDGEMENT)) {
            throw unavailable();
        }
        return result;
    }

    static Refusal unavailable() {
        return Refusal.unavailable("the database is unavailable", new IllegalStateException("simulated"));
    }

    /** Writes events in one transaction, and returns which are new. */
    BitSet write(List<UsageEvent> events) {
        var isNew = new BitSet();
        List<Receipt> receipts = ports.usage().append(events);
        for (int i = 0; i < receipts.size(); i++) {
            isNew.set(i, receipts.get(i) == Receipt.RECORDED);
            counted.add(events.get(i).id());
        }
        return isNew;
    }

    boolean isCounted(String id) {
        return counted.contains(id);
    }

    /** The tokens of all events, as the meter counts them. */
    BigDecimal tokens() {
        var all = new UsageQuery(
                AlertExamples.tokens(Aggregation.SUM),
                Range.ALL,
                null,
                ZoneOffset.UTC,
                null,
                null,
                false,
                false,
                List.of(),
                Map.of());
        return ports.usage().query(all).stream().map(UsageRow::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

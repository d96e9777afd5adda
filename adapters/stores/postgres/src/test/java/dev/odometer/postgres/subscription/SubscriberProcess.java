package dev.odometer.postgres.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.SSO;
import static dev.odometer.metering.subscription.SubscriptionExamples.phases;
import static dev.odometer.metering.subscription.SubscriptionExamples.trialThenPaid;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.MicrosecondClock;
import dev.odometer.metering.subscription.Customization;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.subscription.Succession;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.postgres.PostgresStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A process whose threads add, change and end subscriptions and entitlements of one customer until it is killed. */
final class SubscriberProcess {

    static final List<String> CUSTOMERS = List.of("c-0");

    private static final int THREADS = 4;

    private final Subscriptions subscriptions;
    private final Entitlements entitlements;
    private final Clock clock = MicrosecondClock.utc();
    private final Random random = new Random();

    private SubscriberProcess(PostgresStore store) {
        this.subscriptions = store.subscriptions();
        this.entitlements = store.entitlements();
    }

    /** Starts one in a JVM of its own. */
    static Process start(String url, Path log) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        classes,
                        SubscriberProcess.class.getName(),
                        url)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public static void main(String[] arguments) {
        var source = new PGSimpleDataSource();
        source.setUrl(arguments[0]);
        source.setUser("postgres");
        var process = new SubscriberProcess(new PostgresStore(source, Clock.systemUTC()));
        for (int i = 0; i < THREADS; i++) {
            new Thread(process::run).start();
        }
    }

    private void run() {
        while (true) {
            step();
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the log of the process
    private void step() {
        try {
            String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
            Instant now = clock.instant();
            switch (random.nextInt(6)) {
                case 0, 1 -> subscriptions.add(subscription(customer, now, null));
                case 2 -> end(customer, now);
                case 3 -> succeed(customer, now);
                case 4 -> replaceUnmanaged(customer, now);
                default -> edit(customer, now);
            }
        } catch (Refusal expected) {
            // Of a customer that has a subscription, or a move that its status forbids.
        } catch (RuntimeException killed) {
            killed.printStackTrace();
        }
    }

    private Subscription subscription(String customer, Instant from, @Nullable String previous) {
        String id = UUID.randomUUID().toString();
        return new Subscription(
                id,
                customer,
                id,
                null,
                Map.of(),
                null,
                trialThenPaid(),
                from,
                ZoneOffset.UTC,
                from,
                null,
                phases(id).of(trialThenPaid(), null),
                null,
                previous,
                null,
                Lifecycle.created(from));
    }

    /** An entitlement by request, which a subscription to the same feature excludes. */
    private void replaceUnmanaged(String customer, Instant now) {
        Optional<Entitlement> active = entitlements.find(customer, SSO.key(), now);
        if (active.isPresent()) {
            entitlements.delete(active.get().id(), now);
        } else {
            entitlements.add(new Entitlement(
                    UUID.randomUUID().toString(),
                    customer,
                    SSO.id(),
                    SSO.key(),
                    new Terms.BooleanAccess(null),
                    Map.of(),
                    Lifecycle.created(now)));
        }
    }

    private List<Subscription> open(String customer, Instant now) {
        return subscriptions.open(List.of(customer), now);
    }

    private void end(String customer, Instant now) {
        for (Subscription one : open(customer, now)) {
            Timing timing = random.nextBoolean() ? new Timing.Immediate() : new Timing.NextBillingCycle();
            boolean isCanceled = one.status(now) == Subscription.Status.CANCELED;
            subscriptions.change(
                    one.id(), stored -> isCanceled ? stored.uncanceled(now) : stored.canceled(timing, now));
        }
    }

    private void succeed(String customer, Instant now) {
        for (Subscription one : open(customer, now)) {
            Subscription next = subscription(customer, now, one.id());
            subscriptions.succeed(
                    one.id(),
                    stored -> new Succession(stored.replacedBy(next.id(), new Timing.Immediate(), now), next));
        }
    }

    private void edit(String customer, Instant now) {
        for (Subscription one : open(customer, now)) {
            var item = phases(UUID.randomUUID().toString()).item(SubscriptionExamples.tokens("5", null));
            subscriptions.change(
                    one.id(),
                    stored -> stored.edited(
                            List.of(
                                    new Customization.RemoveItem("trial", "tokens"),
                                    new Customization.AddItem("trial", item)),
                            new Timing.Immediate(),
                            now));
        }
    }
}

package dev.odometer.postgres.invoice;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.Annulment;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceExamples;
import dev.odometer.metering.invoice.InvoiceSearch;
import dev.odometer.metering.invoice.InvoiceStatus;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Succession;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.PostgresStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process whose threads report usage, change subscriptions, and draft, issue and void invoices until it is killed.
 * They share one connection. Time passes fast, and goes back now and then.
 */
final class IssuerProcess {

    /** Corrections are never too late, so that the sums are those of all usage. */
    static final CalendarDuration HORIZON = CalendarDuration.parse("horizon", "P50Y");

    private static final int THREADS = 4;
    private static final long SPEED = Duration.ofDays(5).toMillis() / 1000;
    private static final int MAX_STEP_BACK_HOURS = 60;

    private final PostgresStore store;
    private final Invoices invoices;
    private final Instant began;
    private final Random random = new Random();

    private IssuerProcess(PostgresStore store, Instant began) {
        this.store = store;
        this.invoices = store.invoices();
        this.began = began;
    }

    /** Starts one in a JVM of its own. */
    static Process start(String url, Instant began, Path log) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx160m",
                        "-cp",
                        classes,
                        IssuerProcess.class.getName(),
                        url,
                        began.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public static void main(String[] arguments) {
        var server = new PGSimpleDataSource();
        server.setUrl(arguments[0]);
        server.setUser("postgres");
        var config = new HikariConfig();
        config.setDataSource(server);
        config.setMaximumPoolSize(1);
        var store = new PostgresStore(new HikariDataSource(config), Clock.systemUTC());
        var process = new IssuerProcess(store, Instant.parse(arguments[1]));
        for (int i = 0; i < THREADS; i++) {
            new Thread(process::run).start();
        }
    }

    /** The time that has passed in the world since the test began. */
    static Instant time(Instant began) {
        long millis = Duration.between(began, Instant.now()).toMillis();
        return BillingWorld.START.plusMillis(millis * SPEED).truncatedTo(ChronoUnit.MICROS);
    }

    private Instant now() {
        Instant now = time(began);
        boolean isBehind = random.nextInt(4) == 0;
        return isBehind ? now.minus(Duration.ofHours(random.nextInt(MAX_STEP_BACK_HOURS))) : now;
    }

    private Settlement.Request request(boolean isProgressive) {
        Instant now = now();
        return new Settlement.Request(now, now, isProgressive, Set.of(), HORIZON);
    }

    private void run() {
        while (true) {
            step();
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the log of the process
    private void step() {
        try {
            switch (random.nextInt(12)) {
                case 0, 1 -> invoices.settleDue(request(false), 1 + random.nextInt(5));
                case 2 -> invoices.collectDue(request(false), 1 + random.nextInt(5));
                case 3, 4 -> invoices.issueDue(now(), 1 + random.nextInt(3));
                case 5 -> approve();
                case 6 -> annul();
                case 7 -> invoices.settle(List.of(customer()), request(random.nextBoolean()));
                case 8 -> add();
                case 9 -> changeSubscription();
                default -> use();
            }
        } catch (Refusal expected) {
            // An action that the state of an invoice or a subscription forbids.
        } catch (RuntimeException killed) {
            killed.printStackTrace();
        }
    }

    private String customer() {
        List<String> ids = BillingWorld.customerIds();
        return ids.get(random.nextInt(ids.size()));
    }

    private void approve() {
        for (Invoice draft : some(InvoiceStatus.DRAFT_MANUAL_APPROVAL_NEEDED, 4)) {
            invoices.approve(draft.id(), now());
        }
    }

    private void annul() {
        if (random.nextInt(4) == 0) {
            some(InvoiceStatus.ISSUED, 1)
                    .forEach(invoice -> invoices.annul(invoice.id(), new Annulment("a test", true), now()));
        }
    }

    private List<Invoice> some(InvoiceStatus status, int count) {
        // Nothing is overdue at the start of the world.
        var search = new InvoiceSearch(
                Set.of(customer()),
                Set.of(status),
                InvoiceSearch.Between.ANY,
                InvoiceSearch.Between.ANY,
                InvoiceSearch.Between.ANY,
                false,
                BillingWorld.START,
                InvoiceSearch.Order.CREATED_AT,
                random.nextBoolean(),
                new PageRequest(1, count));
        return invoices.list(search).items();
    }

    private void add() {
        String key = UUID.randomUUID().toString();
        invoices.add(customer(), List.of(InvoiceExamples.item(key, "7.5", now())), now());
    }

    private void changeSubscription() {
        Instant now = now();
        String customer = customer();
        for (Subscription one : store.subscriptions().open(List.of(customer), now)) {
            Subscription next = BillingWorld.subscription(customer, now, one.id());
            if (random.nextInt(4) == 0) {
                store.subscriptions()
                        .succeed(
                                one.id(),
                                stored -> new Succession(
                                        stored.replacedBy(next.id(), new Timing.Immediate(), now), next));
            } else if (random.nextBoolean() && one.activeTo() == null) {
                store.subscriptions().change(one.id(), stored -> stored.canceled(new Timing.NextBillingCycle(), now));
            } else if (one.activeTo() != null) {
                store.subscriptions().change(one.id(), stored -> stored.uncanceled(now));
            }
        }
    }

    /** Some now, some late. */
    private void use() {
        Instant now = now();
        long age = Duration.between(BillingWorld.START, now).toMinutes();
        var events = new ArrayList<UsageEvent>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            long back = random.nextInt(5) == 0 && age > 0 ? random.nextLong(age) : 0;
            events.add(new UsageEvent(
                    "1.0",
                    UUID.randomUUID().toString(),
                    "chat",
                    "prompt",
                    customer(),
                    now.minus(Duration.ofMinutes(back)),
                    null,
                    null,
                    Map.of("tokens", random.nextInt(100) - 10, "model", random.nextBoolean() ? "gpt" : "other")));
        }
        store.usage().append(events);
    }
}

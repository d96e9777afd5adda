package dev.odometer.benchmarks;

import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.Phase;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.Tier;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.subscription.SubscribedPhases;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.postgres.PostgresStore;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The settlement of a month of all customers with five items each, on the data of {@link BacktestBenchmark}: the drafts,
 * their collection and their issue. Then ingest alone and beside settlements, in turns. {@code -Devents=10000000} is the
 * documented size, {@code -Drounds=} the number of turns, {@code -Dingested=} the number of events of each.
 */
final class SettlementBenchmark {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");
    private static final List<String> ITEMS = List.of("calls", "seconds", "tokens", "small", "regions");
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final long INGESTED = Long.getLong("ingested", 300_000);

    private final Service service;

    private SettlementBenchmark(Service service) {
        this.service = service;
    }

    static void run(Path app) throws Exception {
        BacktestBenchmark.onLoaded(app, service -> new SettlementBenchmark(service).measure());
    }

    private void measure() throws Exception {
        subscribe();
        List<String> command = Jvm.command(
                "-Xmx256m", SettlementProcess.class.getName(), service.databaseUrl(), service.databasePassword());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = new PrintWriter(process.outputWriter(), true);
                BufferedReader output = process.inputReader()) {
            var settlements = new Settlements(input, output);
            for (int run = 0; run < ROUNDS; run++) {
                reset();
                settlements.next();
            }
            settlements.report();
            Report.line("  peak resident memory of the JVM at -Xmx256m", Memory.peakMebibytes(process), "MiB", "");
            beside(settlements);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The figures of settlements. */
    private static final class Settlements {

        private static final String[] STEPS = {"settlement", "collection", "issue"};

        private final PrintWriter input;
        private final BufferedReader output;
        private final List<String[]> all = new ArrayList<>();

        Settlements(PrintWriter input, BufferedReader output) {
            this.input = input;
            this.output = output;
        }

        void next() throws Exception {
            input.println(END);
            String figures = output.readLine();
            if (figures == null) {
                throw new IllegalStateException("the settlement failed");
            }
            all.add(figures.split(" "));
        }

        void report() {
            for (int step = 0; step < STEPS.length; step++) {
                int first = 3 * step;
                double[] seconds = all.stream()
                        .mapToDouble(figures -> Double.parseDouble(figures[first + 1]))
                        .sorted()
                        .toArray();
                double count = Double.parseDouble(all.get(0)[first]);
                double statements = Double.parseDouble(all.get(0)[first + 2]);
                Report.line(
                        STEPS[step] + " of " + (long) count + " x " + ITEMS.size() + ", median",
                        seconds[seconds.length / 2],
                        "s",
                        step == 0 ? "under 60" : "");
                Report.line("  slowest of " + seconds.length, seconds[seconds.length - 1], "s", "");
                Report.line("  statements per 1,000", statements * 1000 / count, "", "");
            }
        }
    }

    /** Makes a subscription for each customer, unless the folder has them already. */
    private void subscribe() throws Exception {
        var source = new PGSimpleDataSource();
        source.setUrl(service.databaseUrl());
        source.setUser("postgres");
        source.setPassword(service.databasePassword());
        var store = new PostgresStore(source, Clock.systemUTC());
        Map<String, Feature> features = store.features().findByKeys(ITEMS);
        var ids = new Ulid(Clock.systemUTC());
        var phases = new SubscribedPhases(features, ids);
        List<String> customers =
                texts("select id from customer where id not in (select customer_id from subscription)");
        IngestBenchmark.seconds(4, customers.size(), n -> {
            String id = ids.get();
            store.subscriptions()
                    .add(new Subscription(
                            id,
                            customers.get((int) n),
                            "Subscription",
                            null,
                            Map.of(),
                            null,
                            terms(),
                            START,
                            ZoneOffset.UTC,
                            START,
                            null,
                            phases.of(terms(), null),
                            null,
                            null,
                            null,
                            Lifecycle.created(START)));
        });
    }

    private List<String> texts(String query) throws Exception {
        var texts = new ArrayList<String>();
        try (Connection database = service.database();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static PlanTerms terms() {
        var month = CalendarDuration.parse("cadence", "P1M");
        var tiers = List.of(
                new Tier(BigDecimal.TEN, null, new BigDecimal("0.1")),
                new Tier(new BigDecimal(1000), new BigDecimal(5), new BigDecimal("0.05")),
                new Tier(null, null, new BigDecimal("0.01")));
        var pricing = new Pricing(new Price.Graduated(tiers), Commitment.NONE, Discounts.NONE);
        List<RateCard> cards = ITEMS.stream()
                .map(key -> new RateCard(
                        RateCard.Kind.USAGE_BASED,
                        new Label(key, key, null, Map.of()),
                        month,
                        pricing,
                        key,
                        null,
                        null,
                        Discounts.NONE))
                .toList();
        return new PlanTerms(
                Currency.getInstance("USD"),
                month,
                true,
                PlanTerms.DEFAULT_SETTLEMENT,
                List.of(new Phase(new Label("main", "main", null, Map.of()), null, cards)));
    }

    /** Forgets all invoices. */
    private void reset() throws Exception {
        try (Connection database = service.database();
                Statement statement = database.createStatement()) {
            statement.execute("truncate invoice_hand_off, invoice, invoice_line");
            statement.execute("update invoice_series set next = 1");
            statement.execute("insert into billing_due (customer_id, due_at) select customer_id, 0 from subscription"
                    + " on conflict (customer_id) do update set due_at = 0");
            statement.execute("vacuum analyze billing_due, invoice, invoice_line, subscription, customer");
        }
    }

    /** The rate of ingest alone and beside settlements, one after the other. */
    private void beside(Settlements settlements) throws Exception {
        double[] alone = new double[ROUNDS];
        double[] beside = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        long next = 0;
        for (int round = -1; round < ROUNDS; round++) {
            double rate = rate(next);
            reset();
            CompletableFuture<Void> settled = CompletableFuture.runAsync(() -> {
                try {
                    settlements.next();
                } catch (Exception failure) {
                    throw new IllegalStateException(failure);
                }
            });
            double withSettlement = rate(next + INGESTED);
            settled.join();
            next += 2 * INGESTED;
            if (round >= 0) {
                alone[round] = rate;
                beside[round] = withSettlement;
                ratios[round] = withSettlement / rate;
            }
        }
        Report.line("ingest alone, " + INGESTED + " events, median", median(alone), "events/s", "");
        Report.line("  beside a settlement, its collection and issue", median(beside), "events/s", "");
        Report.line("  ratio, median of " + ROUNDS, median(ratios), "", "at least 0.9");
    }

    private double rate(long first) throws Exception {
        double seconds = IngestBenchmark.seconds(4, INGESTED / Load.BATCH, n -> {
            String body = BacktestBenchmark.later(first + n * Load.BATCH);
            int status = service.post("/api/v1/events", "application/cloudevents-batch+json", body)
                    .statusCode();
            if (status != 204) {
                throw new IllegalStateException("unexpected status " + status);
            }
        });
        return INGESTED / seconds;
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

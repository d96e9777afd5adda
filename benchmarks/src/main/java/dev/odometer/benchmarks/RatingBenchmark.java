package dev.odometer.benchmarks;

import dev.odometer.metering.money.Currencies;
import dev.odometer.metering.pricing.Charge;
import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RatedCharge;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.pricing.Tier;
import dev.odometer.metering.pricing.UsageSplit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rates the lines of a plan with five rate cards: flat, by unit, graduated, by package and by volume, with discounts and
 * commitments. The loop without rating only multiplies and rounds the unit prices and quantities of the same charges.
 * Both run on one thread, in alternating rounds. Rates are per second of CPU time, since other processes may use the cores.
 */
final class RatingBenchmark {

    private static final int CUSTOMERS = 2_000;
    private static final int ROUNDS = 7;
    private static final int WARM_ROUNDS = 3;
    private static final long MIN_NANOS = Long.getLong("millis", 1000) * 1_000_000;
    private static final Currency USD = Currencies.parse("currency", "USD");

    private static final List<Pricing> PLAN = List.of(
            Pricing.of(new Price.Flat(new BigDecimal("29.90"), PaymentTerm.IN_ADVANCE)),
            new Pricing(
                    new Price.PerUnit(new BigDecimal("0.0006")),
                    Commitment.NONE,
                    new Discounts(null, new BigDecimal(1000))),
            new Pricing(
                    new Price.Graduated(
                            List.of(tier("1000", "5", "0.1"), tier("10000", null, "0.05"), tier(null, null, "0.01"))),
                    new Commitment(null, new BigDecimal(500)),
                    Discounts.NONE),
            new Pricing(
                    new Price.PerPackage(new BigDecimal("1.5"), new BigDecimal(100)),
                    new Commitment(new BigDecimal(20), null),
                    Discounts.NONE),
            new Pricing(
                    new Price.Volume(List.of(tier("5000", null, "0.02"), tier(null, "10", "0.015"))),
                    Commitment.NONE,
                    new Discounts(new BigDecimal(10), null)));

    /** Prevents the compiler from removing what is computed. */
    private static final AtomicInteger CONSUMED = new AtomicInteger();

    private final List<UsageSplit> usages = new ArrayList<>();
    private final List<Charge> charges = new ArrayList<>();

    private RatingBenchmark() {
        for (int i = 0; i < CUSTOMERS; i++) {
            // From 0 to 20,000 with three decimals, so that every tier is met.
            var usage = UsageSplit.whole(BigDecimal.valueOf(i * 7919L % CUSTOMERS * 10_000 + i, 3));
            usages.add(usage);
            for (Pricing pricing : PLAN) {
                Rating.rate(pricing, USD, usage).charges().stream()
                        .map(RatedCharge::charge)
                        .forEach(charges::add);
            }
        }
    }

    private static Tier tier(@Nullable String upTo, @Nullable String flat, @Nullable String unit) {
        return new Tier(number(upTo), number(flat), number(unit));
    }

    private static @Nullable BigDecimal number(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    static void run() {
        new RatingBenchmark().measure();
    }

    private void measure() {
        double[] rated = new double[ROUNDS];
        double[] multiplied = new double[ROUNDS];
        double[] elapsed = new double[ROUNDS];
        for (int i = -WARM_ROUNDS; i < ROUNDS; i++) {
            int round = Math.max(i, 0);
            long start = System.nanoTime();
            Rate rate = Rate.of(this::rate);
            elapsed[round] = rate.lines * 1e9 / (System.nanoTime() - start);
            rated[round] = rate.perSecond();
            multiplied[round] = Rate.of(this::multiply).perSecond();
        }
        Arrays.sort(rated);
        Arrays.sort(multiplied);
        Arrays.sort(elapsed);
        int middle = ROUNDS / 2;
        Report.line("rating, 5-card plan, one core, median of rounds", rated[middle], "lines/s", "100000");
        Report.line("  slowest round", rated[0], "lines/s", "");
        Report.line("  by elapsed time, median of rounds", elapsed[middle], "lines/s", "");
        Report.line("  only the multiplications and roundings", multiplied[middle], "lines/s", "");
        Report.line("  rating relative to them", rated[middle] / multiplied[middle], "", "");
    }

    private record Rate(long lines, long nanos) {

        static Rate of(IntSupplier lines) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long start = threads.getCurrentThreadCpuTime();
            long count = 0;
            long nanos = 0;
            while (nanos < MIN_NANOS) {
                count += lines.getAsInt();
                nanos = threads.getCurrentThreadCpuTime() - start;
            }
            return new Rate(count, nanos);
        }

        double perSecond() {
            return lines * 1e9 / nanos;
        }
    }

    private int rate() {
        int hash = 0;
        for (UsageSplit usage : usages) {
            for (Pricing pricing : PLAN) {
                hash += Rating.rate(pricing, USD, usage).total().amount().hashCode();
            }
        }
        CONSUMED.addAndGet(hash);
        return usages.size() * PLAN.size();
    }

    /** As many lines as {@link #rate}. */
    private int multiply() {
        int hash = 0;
        for (Charge charge : charges) {
            hash += charge.unitPrice()
                    .multiply(charge.quantity())
                    .setScale(2, RoundingMode.HALF_UP)
                    .hashCode();
        }
        CONSUMED.addAndGet(hash);
        return usages.size() * PLAN.size();
    }
}

package dev.odometer.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;

/** Prints figures, each with its limit. */
final class Report {

    private Report() {}

    static void machine() {
        System.out.printf(
                Locale.ROOT,
                "%s %s, %d cores shared by client, service and database; JDK %s; PostgreSQL with fsync, synchronous_commit"
                        + " and full_page_writes on%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
    }

    static void line(String what, double figure, String unit, String limit) {
        System.out.printf(Locale.ROOT, "%-58s %12.2f %-10s %s%n", what, figure, unit, limit);
    }

    /** Prints an amount with two decimals, or with three significant digits if it is less than 1. */
    static void amount(String what, BigDecimal amount, String unit) {
        BigDecimal rounded = amount.precision() - amount.scale() > 0
                ? amount.setScale(2, RoundingMode.HALF_UP)
                : amount.round(new MathContext(3));
        System.out.printf(Locale.ROOT, "%-58s %12s %-10s%n", what, rounded.toPlainString(), unit);
    }

    /** Prints what was not measured, and the setting that it needs. */
    static void missing(String what, String needed) {
        System.out.printf(Locale.ROOT, "%-58s %12s %-10s %s%n", what, "not given", "", needed);
    }

    /** The percentile of the samples, in milliseconds; sorts them. */
    static double percentile(long[] nanos, double share) {
        Arrays.sort(nanos);
        return nanos[(int) Math.min(nanos.length - 1, Math.ceil(nanos.length * share) - 1)] / 1e6;
    }
}

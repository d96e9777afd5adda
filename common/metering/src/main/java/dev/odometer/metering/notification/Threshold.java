package dev.odometer.metering.notification;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Quantity;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * A line that usage or a balance crosses; the strictness is that of the wire API.
 *
 * @param value not negative, in normal form
 */
public record Threshold(Kind kind, BigDecimal value) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** @throws Refusal when the value is negative, too large or too fine */
    public Threshold {
        value = Quantity.of(value)
                .filter(normal -> normal.signum() >= 0)
                .orElseThrow(() -> Refusal.invalid("threshold.value must be a number from 0 that is not too large"));
    }

    /** What is compared; G is what the period's grants hold in all. */
    public enum Kind {
        /** Crossed when the usage is above the value. */
        USAGE_VALUE,
        /** Crossed when the usage is above that percentage of G; never when G is 0. */
        USAGE_PERCENTAGE,
        /** Crossed when the balance is below the value, or 0 for the value 0; never when G is 0. */
        BALANCE_VALUE
    }

    /** The kind's name, as the wire API has it. */
    public String type() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    boolean isOfBalance() {
        return kind == Kind.BALANCE_VALUE;
    }

    /** The usage above which, or the balance below which, it is crossed. */
    BigDecimal line(BigDecimal granted) {
        return kind == Kind.USAGE_PERCENTAGE ? value.multiply(granted).divide(HUNDRED) : value;
    }

    boolean isCrossed(Level level) {
        if (kind != Kind.USAGE_VALUE && level.granted().signum() <= 0) {
            return false;
        }
        if (!isOfBalance()) {
            return level.usage().compareTo(line(level.granted())) > 0;
        }
        return value.signum() == 0 ? level.left().signum() <= 0 : level.left().compareTo(value) < 0;
    }

    /** What thresholds are held against; usage that nobody is entitled to has no grants. */
    record Level(BigDecimal usage, BigDecimal left, BigDecimal granted) {}
}

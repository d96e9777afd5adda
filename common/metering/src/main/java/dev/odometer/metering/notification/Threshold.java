package dev.odometer.metering.notification;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Quantity;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * A threshold on usage or a balance. The comparisons, strict or not, are those of OpenMeter.
 *
 * @param value not negative, in normal form
 */
public record Threshold(Kind kind, BigDecimal value) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** @throws Refusal when the value is negative, too large or has too many digits */
    public Threshold {
        value = Quantity.of(value)
                .filter(normal -> normal.signum() >= 0)
                .orElseThrow(() -> Refusal.invalid(
                        "threshold.value must be at least 0, below 1.8e308 and have at most 1000 digits"));
    }

    /** The quantity that is compared. G is the total of the period's allowance and grants. */
    public enum Kind {
        /** Crossed when the usage is above the value. */
        USAGE_VALUE,
        /** Crossed when the usage is above that percentage of G; never when G is 0. */
        USAGE_PERCENTAGE,
        /** Crossed when the balance is below the value, or 0 for the value 0; never when G is 0. */
        BALANCE_VALUE
    }

    /** The name of the kind in the API. */
    public String type() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    boolean isOfBalance() {
        return kind == Kind.BALANCE_VALUE;
    }

    /** The usage above which, or the balance below which, the threshold is crossed. */
    BigDecimal limit(BigDecimal granted) {
        return kind == Kind.USAGE_PERCENTAGE ? value.multiply(granted).divide(HUNDRED) : value;
    }

    boolean isCrossed(Level level) {
        if (kind != Kind.USAGE_VALUE && level.granted().signum() <= 0) {
            return false;
        }
        if (!isOfBalance()) {
            return level.usage().compareTo(limit(level.granted())) > 0;
        }
        return value.signum() == 0 ? level.left().signum() <= 0 : level.left().compareTo(value) < 0;
    }

    /** The values that thresholds are compared with. Usage without an entitlement has no grants. */
    record Level(BigDecimal usage, BigDecimal left, BigDecimal granted) {}
}

package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Validates amounts, unit prices and quantities of prices: decimals from 0, with at most 20 digits on each side. */
final class Amounts {

    private static final int MAX_DIGITS = 20;

    private Amounts() {}

    /** Returns the amount, without trailing zeros. */
    static BigDecimal checked(String field, BigDecimal amount) {
        // Compares digits before it normalizes, since expanding a value such as 1e999999999 would exhaust memory.
        long integerDigits = (long) amount.precision() - amount.scale();
        if (amount.signum() < 0) {
            throw Refusal.invalid(field + " must not be negative: " + Refusal.quote(amount.toString()));
        }
        if (amount.signum() != 0 && (integerDigits > MAX_DIGITS || amount.precision() > 2 * MAX_DIGITS)) {
            throw tooLong(field, amount);
        }
        BigDecimal normal = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (normal.scale() > MAX_DIGITS) {
            throw tooLong(field, amount);
        }
        return normal.scale() < 0 ? normal.setScale(0) : normal;
    }

    static @Nullable BigDecimal checkedNullable(String field, @Nullable BigDecimal amount) {
        return amount == null ? null : checked(field, amount);
    }

    private static Refusal tooLong(String field, BigDecimal amount) {
        return Refusal.invalid(field + " must have at most " + MAX_DIGITS
                + " digits before and after the decimal point: " + Refusal.quote(amount.toString()));
    }
}

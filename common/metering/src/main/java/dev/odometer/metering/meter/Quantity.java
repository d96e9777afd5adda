package dev.odometer.metering.meter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/**
 * Exact decimals, as read from events and printed in responses. A quantity has at most 1,000 digits on either side of
 * the decimal point and a magnitude that a 64-bit float can hold (below about 1.8e308). Other numbers are reported as
 * unparsable, which is what the API says of values that are not a float64; without a limit, one event could cost as
 * much as a million.
 */
public final class Quantity {

    private static final int MAX_DIGITS = 1000;
    /** The largest finite 64-bit number of IEEE 754: (2^53 - 1) * 2^971. */
    private static final BigDecimal MAX_VALUE =
            new BigDecimal(BigInteger.TWO.pow(53).subtract(BigInteger.ONE).shiftLeft(971));

    private Quantity() {}

    /** The decimal in normal form; empty when the text is not a decimal or exceeds the limits. */
    public static Optional<BigDecimal> parse(String text) {
        // 20 more characters allow for sign, decimal point and exponent.
        if (text.length() > MAX_DIGITS + 20 || !looksDecimal(text)) {
            return Optional.empty();
        }
        try {
            return of(new BigDecimal(text));
        } catch (NumberFormatException noDecimal) {
            return Optional.empty();
        }
    }

    /** BigDecimal also accepts digits of other scripts; and an early check is cheaper than an exception for words. */
    private static boolean looksDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The number in normal form; empty when it is too large or has too many digits. */
    public static Optional<BigDecimal> of(Number number) {
        BigDecimal value = exact(number);
        // Compares the exponent first, since expanding a value such as 1e999999999 would exhaust memory.
        long magnitude = (long) value.precision() - value.scale();
        if (value.signum() == 0) {
            return Optional.of(BigDecimal.ZERO);
        }
        if (magnitude > 310 || value.precision() > MAX_DIGITS) {
            return Optional.empty();
        }
        BigDecimal normal = value.stripTrailingZeros();
        if (normal.scale() > MAX_DIGITS || normal.abs().compareTo(MAX_VALUE) > 0) {
            return Optional.empty();
        }
        return Optional.of(normal(normal));
    }

    /** The value without trailing zeros and without a negative scale, so that it prints in plain digits. */
    public static BigDecimal normal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The quotient to 34 significant digits, rounded half even, in normal form. */
    public static BigDecimal average(BigDecimal sum, long count) {
        return normal(sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128));
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return new BigDecimal(number.toString());
    }
}

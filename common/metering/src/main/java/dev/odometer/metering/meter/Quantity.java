package dev.odometer.metering.meter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/**
 * Exact decimals as events carry them and answers print them. A quantity has at most 1,000 digits on either side of the
 * point and a magnitude that a 64-bit float could hold (below about 1.8e308): larger ones are told as unparsable, as
 * the wire API's texts say, and could otherwise make one event as expensive as a million.
 */
public final class Quantity {

    private static final int MAX_DIGITS = 1000;
    /** The largest finite number of 64 bits in IEEE 754: 53 bits, all set, times 2 to the 971. */
    private static final BigDecimal LARGEST =
            new BigDecimal(BigInteger.TWO.pow(53).subtract(BigInteger.ONE).shiftLeft(971));

    private Quantity() {}

    /** The decimal that the text spells, in normal form, or nothing when it spells none of the accepted size. */
    public static Optional<BigDecimal> parse(String text) {
        if (text.length() > MAX_DIGITS + 20 || !looksDecimal(text)) {
            return Optional.empty();
        }
        try {
            return of(new BigDecimal(text));
        } catch (NumberFormatException noDecimal) {
            return Optional.empty();
        }
    }

    /** BigDecimal itself would also take digits of other scripts; and words need not get as far as to it. */
    private static boolean looksDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The number in normal form, or nothing when it is too large or too fine. */
    public static Optional<BigDecimal> of(Number number) {
        BigDecimal value = exact(number);
        // Compared by exponent first: the value itself may be too large to expand.
        long magnitude = (long) value.precision() - value.scale();
        if (value.signum() == 0) {
            return Optional.of(BigDecimal.ZERO);
        }
        if (magnitude > 310 || value.precision() > MAX_DIGITS) {
            return Optional.empty();
        }
        BigDecimal normal = value.stripTrailingZeros();
        if (normal.scale() > MAX_DIGITS || normal.abs().compareTo(LARGEST) > 0) {
            return Optional.empty();
        }
        return Optional.of(normal(normal));
    }

    /** Without trailing zeros and without a negative scale, so that it prints in plain digits. */
    public static BigDecimal normal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The quotient to 34 significant digits, half even, in normal form. */
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

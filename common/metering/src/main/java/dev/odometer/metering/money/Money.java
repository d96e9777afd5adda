package dev.odometer.metering.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An amount of money: a decimal with exactly as many decimals as its currency has. It is negative for a credit.
 * Immutable.
 *
 * @param amount its scale is the number of digits of the currency, such as 2 for USD, 0 for JPY, 3 for KWD
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    /** Half away from zero, so that a credit has the magnitude of the charge that it reverses. */
    private static final RoundingMode ROUNDING = RoundingMode.HALF_UP;

    private static final int PERCENT_DIGITS = 2;

    /** @throws ArithmeticException when the amount has more digits than the currency */
    public Money {
        amount = amount.setScale(digits(currency), RoundingMode.UNNECESSARY);
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** The exact amount rounded to the digits of the currency, half away from zero. */
    public static Money rounded(BigDecimal exact, Currency currency) {
        return new Money(exact.setScale(digits(currency), ROUNDING), currency);
    }

    /** {@code exact * part / whole}, rounded once. */
    public static Money share(BigDecimal exact, Share share, Currency currency) {
        return new Money(exact.multiply(share.part).divide(share.whole, digits(currency), ROUNDING), currency);
    }

    /**
     * A fraction.
     *
     * @param whole not 0
     */
    public record Share(BigDecimal part, BigDecimal whole) {

        public Share {
            if (whole.signum() == 0) {
                throw new IllegalArgumentException("the whole of a share must not be 0");
            }
        }
    }

    private static int digits(Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        if (digits < 0) {
            throw new IllegalArgumentException("a currency without a number of decimals: " + currency);
        }
        return digits;
    }

    /** @param percent 50 for one half */
    public Money percent(BigDecimal percent) {
        return rounded(amount.multiply(percent).movePointLeft(PERCENT_DIGITS), currency);
    }

    public Money plus(Money other) {
        return new Money(amount.add(checked(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(checked(other).amount), currency);
    }

    public Money negated() {
        return new Money(amount.negate(), currency);
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public int signum() {
        return amount.signum();
    }

    public boolean isZero() {
        return signum() == 0;
    }

    /** @throws IllegalArgumentException when the currencies differ */
    @Override
    public int compareTo(Money other) {
        return amount.compareTo(checked(other).amount);
    }

    private Money checked(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException(
                    "amounts in different currencies: " + currency + " and " + other.currency);
        }
        return other;
    }

    /**
     * Splits the amount in proportion to the weights. The parts add up to the amount: each is rounded toward zero, and
     * what remains goes, one minor unit each, to the parts with the largest remainders, the earlier one first on a tie.
     *
     * @param weights at least one; none is negative, and not all are 0
     */
    public List<Money> allocate(List<BigDecimal> weights) {
        BigDecimal total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (total.signum() <= 0 || weights.stream().anyMatch(weight -> weight.signum() < 0)) {
            throw new IllegalArgumentException(
                    "weights must not be negative, and at least one must be above 0: " + weights);
        }
        BigDecimal units = new BigDecimal(amount.unscaledValue().abs());
        List<BigDecimal[]> shares = weights.stream()
                .map(weight -> units.multiply(weight).divideAndRemainder(total))
                .toList();
        var parts = new ArrayList<BigInteger>();
        shares.forEach(share -> parts.add(share[0].toBigInteger()));
        int left = units.toBigInteger()
                .subtract(parts.stream().reduce(BigInteger.ZERO, BigInteger::add))
                .intValueExact();
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> shares.get(i)[1]).reversed())
                .limit(left)
                .forEach(i -> parts.set(i, parts.get(i).add(BigInteger.ONE)));
        return parts.stream()
                .map(part -> new BigDecimal(signum() < 0 ? part.negate() : part, amount.scale()))
                .map(part -> new Money(part, currency))
                .toList();
    }
}

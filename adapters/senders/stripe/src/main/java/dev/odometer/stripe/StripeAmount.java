package dev.odometer.stripe;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Set;

/**
 * Amounts as Stripe's API takes them: integers in units that depend on the currency. For some currencies these units
 * are not the minor units of ISO 4217 (docs.stripe.com/currencies).
 */
final class StripeAmount {

    /** Zero-decimal currencies. The ariary (MGA) has two decimals in ISO 4217. */
    private static final Set<String> ZERO_DECIMAL = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    /** Three-decimal currencies, of whose amounts the last digit must be 0. */
    private static final Set<String> THREE_DECIMAL = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
    /** Without decimals in ISO 4217, but with two decimals in the API, which must be 0. */
    private static final Set<String> TWO_DECIMALS_OF_ZERO = Set.of("ISK", "UGX");

    /** No currency allows more digits in the API. */
    private static final BigDecimal MAX = new BigDecimal("999999999999");

    private static final int TWO = 2;
    private static final int THREE = 3;
    private static final long TEN = 10;

    private StripeAmount() {}

    /**
     * The integer.
     *
     * @throws Refusal INVALID when Stripe cannot represent exactly this amount
     */
    static long of(Money money) {
        Currency currency = money.currency();
        String code = currency.getCurrencyCode();
        BigDecimal units = money.amount().movePointRight(digits(currency));
        if (units.setScale(0, RoundingMode.DOWN).compareTo(units) != 0) {
            throw Refusal.invalid("Stripe accepts no decimals for " + code + ": " + shown(money));
        }
        if (units.abs().compareTo(MAX) > 0) {
            throw Refusal.invalid("Stripe does not accept amounts of this size: " + shown(money) + " " + code);
        }
        long amount = units.longValueExact();
        if (THREE_DECIMAL.contains(code) && amount % TEN != 0) {
            throw Refusal.invalid("Stripe accepts " + code + " only with 0 as the third decimal: " + shown(money));
        }
        return amount;
    }

    /** @throws Refusal INVALID when the unit of the currency in the API is not known */
    private static int digits(Currency currency) {
        String code = currency.getCurrencyCode();
        if (ZERO_DECIMAL.contains(code)) {
            return 0;
        }
        if (THREE_DECIMAL.contains(code)) {
            return THREE;
        }
        if (currency.getDefaultFractionDigits() == TWO || TWO_DECIMALS_OF_ZERO.contains(code)) {
            return TWO;
        }
        throw Refusal.invalid("Stripe does not support the currency " + code);
    }

    private static String shown(Money money) {
        return money.amount().toPlainString();
    }
}

package dev.odometer.metering.money;

import dev.odometer.functions.refusal.Refusal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The currencies of ISO 4217 that are legal tender of a country now. The JDK provides them, so the list is as current
 * as the JDK. Codes without a number of decimals, such as XAU for gold, are not among them.
 */
public final class Currencies {

    private Currencies() {}

    /** Initialized on first use, because the JDK loads its country tables for it. */
    private static final class Known {
        static final Map<String, Currency> BY_CODE = byCode();

        private static Map<String, Currency> byCode() {
            var known = new TreeMap<String, Currency>();
            Stream.of(Locale.getISOCountries())
                    .map(country -> new Locale("", country))
                    // Some territories, such as Antarctica, have no currency.
                    .flatMap(country -> Stream.ofNullable(Currency.getInstance(country)))
                    .filter(currency -> currency.getDefaultFractionDigits() >= 0 && currency.getNumericCode() > 0)
                    .forEach(currency -> known.put(currency.getCurrencyCode(), currency));
            return known;
        }
    }

    /** All currencies, by code. */
    public static List<Currency> all() {
        return List.copyOf(Known.BY_CODE.values());
    }

    /** @throws Refusal INVALID when the code is not one of {@link #all} */
    public static Currency parse(String field, String code) {
        Currency currency = Known.BY_CODE.get(code);
        if (currency == null) {
            throw Refusal.invalid(field + " must be the code of a currency in use: " + Refusal.quote(code));
        }
        return currency;
    }
}

package dev.odometer.api.functions.info;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lists the currencies of ISO 4217 that are legal tender of a country now, by code. The JDK provides them, so the list
 * is as current as the JDK.
 */
public final class ListCurrencies implements Supplier<List<ListCurrencies.View>> {

    /**
     * A currency.
     *
     * @param code three letters
     * @param symbol as in English texts, which is the code for currencies without a symbol
     * @param subunits the number of decimals
     */
    public record View(String code, String name, String symbol, int subunits) {

        private static View of(Currency currency) {
            return new View(
                    currency.getCurrencyCode(),
                    currency.getDisplayName(Locale.ENGLISH),
                    currency.getSymbol(Locale.US),
                    currency.getDefaultFractionDigits());
        }
    }

    @Override
    public List<View> get() {
        return Stream.of(Locale.getISOCountries())
                .map(country -> new Locale("", country))
                // Some territories, such as Antarctica, have no currency.
                .flatMap(country -> Stream.ofNullable(Currency.getInstance(country)))
                .map(View::of)
                .distinct()
                .sorted((one, other) -> one.code.compareTo(other.code))
                .toList();
    }
}

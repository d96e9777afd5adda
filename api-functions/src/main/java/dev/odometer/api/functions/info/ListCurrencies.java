package dev.odometer.api.functions.info;

import dev.odometer.metering.money.Currencies;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Lists the currencies in use, by code; see {@link Currencies}. */
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
        return Currencies.all().stream().map(View::of).toList();
    }
}

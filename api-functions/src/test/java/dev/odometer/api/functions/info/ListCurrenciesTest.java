package dev.odometer.api.functions.info;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.info.ListCurrencies.View;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListCurrenciesTest {

    private final List<View> currencies = new ListCurrencies().get();

    @Test
    void showsNameSymbolAndDecimals() {
        assertThat(currencies)
                .contains(
                        new View("EUR", "Euro", "€", 2),
                        new View("USD", "US Dollar", "$", 2),
                        new View("JPY", "Japanese Yen", "¥", 0),
                        new View("KWD", "Kuwaiti Dinar", "KWD", 3));
    }

    @Test
    void areThoseOfIso4217ThatACountryHasNow() {
        assertThat(currencies)
                .extracting(View::code)
                .isSorted()
                .doesNotHaveDuplicates()
                .contains("CHF", "GBP", "XAF", "XOF", "XPF", "XCD", "VES", "UYU")
                .doesNotContain("DEM", "FRF", "ITL", "XXX", "XTS", "XAU", "XDR", "CHE", "USN")
                .hasSizeBetween(140, 180);
    }

    @Test
    void comeFromTheJdk() {
        Map<String, Integer> decimals = Currency.getAvailableCurrencies().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Currency::getCurrencyCode, Currency::getDefaultFractionDigits));

        assertThat(currencies).allSatisfy(view -> {
            assertThat(decimals).containsEntry(view.code(), view.subunits());
            assertThat(view.name()).isNotBlank();
            assertThat(view.symbol()).isNotBlank();
        });
    }
}

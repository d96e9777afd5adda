package dev.odometer.metering.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.util.Comparator;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The currencies in use. */
class CurrenciesTest {

    @ParameterizedTest
    @CsvSource({"USD, 2", "EUR, 2", "JPY, 0", "KWD, 3", "MGA, 2"})
    void findsACurrencyInUseWithItsDigits(String code, int digits) {
        assertThat(Currencies.parse("currency", code).getDefaultFractionDigits())
                .isEqualTo(digits);
    }

    /** Gold, the code for tests, no currency, a former currency, a fund, and malformed codes. */
    @ParameterizedTest
    @ValueSource(strings = {"XAU", "XTS", "XXX", "DEM", "USN", "usd", "US", "USDX", "", " USD", "ЕUR"})
    void refusesAnyOtherCode(String code) {
        assertThatThrownBy(() -> Currencies.parse("terms.currency", code))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("terms.currency must be the code of a currency in use: ")
                .hasMessageContaining(code);
    }

    @Test
    void listsEachCurrencyOnceByCode() {
        assertThat(Currencies.all())
                .hasSizeGreaterThan(140)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.comparing(Currency::getCurrencyCode))
                .allMatch(currency -> currency.getDefaultFractionDigits() >= 0);
    }
}

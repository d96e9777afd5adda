package dev.odometer.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.documents.Numbers.Days;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "0.00|0",
                "999|999",
                "1000|1,000",
                "1E+6|1,000,000",
                "-1000|-1,000",
                "-999|-999",
                "1234567.891|1,234,567.891",
                "0.000001|0.000001",
                "100.500|100.5"
            })
    void groupsThousandsAndKeepsAllDigits(String number, String text) {
        assertThat(Numbers.grouped(new BigDecimal(number))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.1,EUR,0.10", "0.000123,EUR,0.000123", "0,EUR,0.00", "5,JPY,5", "0.5,JPY,0.5", "1.5,KWD,1.500"})
    void showsAUnitPriceWithTheDecimalsOfTheCurrencyAtLeast(String price, String currency, String text) {
        assertThat(Numbers.price(new BigDecimal(price), Currency.getInstance(currency)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01,2026-11-30,1–30 November 2026",
        "2026-11-15,2026-12-15,15 November – 15 December 2026",
        "2026-12-15,2027-01-14,15 December 2026 – 14 January 2027",
        "2026-11-05,2026-11-05,5 November 2026"
    })
    void namesThePeriodByItsFirstAndLastDay(LocalDate first, LocalDate last, String text) {
        assertThat(Numbers.words(new Days(first, last))).isEqualTo(text);
    }
}

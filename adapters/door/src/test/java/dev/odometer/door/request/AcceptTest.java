package dev.odometer.door.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    private static final List<String> TYPES = List.of("application/json", "text/csv");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv|text/csv",
                "TEXT/CSV|text/csv",
                "text/*|text/csv",
                "*/*|application/json",
                "text/csv;q=0.5, application/json;q=0.4|text/csv",
                "text/csv;q=0.5, */*|application/json",
                "application/json;q=0, */*|text/csv",
                "text/csv;header=present;q=1.000|text/csv",
                "application/json, text/csv|application/json",
                "text/html, application/xhtml+xml, */*;q=0.8|application/json",
                "''|application/json",
                "nonsense|application/json",
                "text/csv;q=2|application/json",
                "text/csv;q=x|application/json",
            })
    void choosesTheTypeWithTheHighestWeight(String header, String chosen) {
        assertThat(Accept.choose(Optional.of(header), TYPES)).contains(chosen);
    }

    @Test
    void choosesTheFirstTypeWithoutAHeader() {
        assertThat(Accept.choose(Optional.empty(), TYPES)).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({"image/png", "text/csv;q=0", "*/*;q=0.0", "application/*;q=0"})
    void choosesNothingIfNoTypeIsAccepted(String header) {
        assertThat(Accept.choose(Optional.of(header), TYPES)).isEmpty();
    }
}

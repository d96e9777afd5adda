package dev.odometer.api.functions.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageCsvTest {

    private final ApiFixture fixture = new ApiFixture();
    private final QueryUsage query = new QueryUsage(
            fixture.meterLookup, fixture.log, fixture.customerLookup, fixture.subjects, ApiFixture.MAX_ROWS);

    @BeforeEach
    void recordUsage() {
        fixture.tokens();
        fixture.used("acme", "2026-01-01T10:00:30.5Z", 2000);
    }

    @Test
    void aTotalHasAWindowAndAValue() {
        UsageResponse response = query.apply(QueryBuilder.about("tokens").input());

        assertThat(response.tableName()).isEqualTo("tokens");
        assertThat(response.columns()).containsExactly("window_start", "window_end", "value");
        assertThat(response.cells().get(0))
                .containsExactly("2026-01-01T10:00:00Z", "2026-01-01T10:01:00Z", "2000.000000");
    }

    @Test
    void windowsHaveTheOffsetOfTheZone() {
        UsageResponse response = query.apply(QueryBuilder.about("tokens")
                .windows(WindowSize.DAY, "Asia/Kathmandu")
                .input());

        assertThat(response.cells().get(0))
                .containsExactly("2026-01-01T00:00:00+05:45", "2026-01-02T00:00:00+05:45", "2000.000000");
    }

    @Test
    void groupByKeysAreColumnsInTheRequestedOrder() {
        UsageResponse response = query.apply(
                QueryBuilder.about("tokens").groupBy("model", "subject", "kind").input());

        assertThat(response.columns())
                .containsExactly("window_start", "window_end", "subject", "model", "kind", "value");
        assertThat(response.cells().get(0).subList(2, 6)).containsExactly("acme", "gpt-4", "", "2000.000000");
    }

    @Test
    void displayNamesAreAColumnWhereASubjectHasAnEntry() {
        fixture.subject("acme", "Acme Inc.");
        fixture.used("beta", "2026-01-01T10:00:00Z", 1);

        UsageResponse response =
                query.apply(QueryBuilder.about("tokens").groupBy("subject").input());

        assertThat(response.columns())
                .containsExactly("window_start", "window_end", "subject", "subject_display_name", "value");
        assertThat(response.cells())
                .extracting(cells -> cells.get(2), cells -> cells.get(3))
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("beta", ""),
                        org.assertj.core.api.Assertions.tuple("acme", "Acme Inc."));
    }

    @Test
    void aSubjectWithoutADisplayNameHasAnEmptyCell() {
        fixture.subject("acme", null);

        UsageResponse response =
                query.apply(QueryBuilder.about("tokens").subjects("acme").input());

        assertThat(response.cells().get(0).subList(2, 4)).containsExactly("acme", "");
    }

    @Test
    void customersAreAColumn() {
        String id = fixture.customer("acme").id();

        UsageResponse response =
                query.apply(QueryBuilder.about("tokens").customers(id).input());

        assertThat(response.columns()).containsExactly("window_start", "window_end", "customer_id", "value");
        assertThat(response.cells().get(0)).contains(id);
    }

    @Test
    void anEmptyResultHasAHeader() {
        UsageResponse response = query.apply(QueryBuilder.about("tokens")
                .windows(WindowSize.DAY, "UTC")
                .withValues(Map.of("model", java.util.List.of("none")))
                .input());

        assertThat(response.columns()).containsExactly("window_start", "window_end", "value");
        assertThat(response.cells()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2000, 2000.000000",
        "0.1, 0.100000",
        "0.0000005, 0.000000",
        "0.0000015, 0.000002",
        "-0.00000051, -0.000001",
        "9007199254740993, 9007199254740993.000000"
    })
    void roundsValuesToSixDecimalsHalfEven(String value, String cell) {
        assertThat(UsageColumns.sixDecimals(new BigDecimal(value))).isEqualTo(cell);
    }
}

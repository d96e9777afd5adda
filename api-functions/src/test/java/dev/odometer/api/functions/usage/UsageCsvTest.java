package dev.odometer.api.functions.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.Store;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageCsvTest {

    private final Store store = new Store();
    private final QueryUsage query = new QueryUsage(store.knownMeters, store.log, store.knownCustomers, store.subjects);

    @BeforeEach
    void someTokensAreUsed() {
        store.tokens();
        store.used("acme", "2026-01-01T10:00:30.5Z", 2000);
    }

    @Test
    void aTotalHasItsWindowAndItsValue() {
        UsageResponse answer = query.apply(Asked.about("tokens").input());

        assertThat(answer.tableName()).isEqualTo("tokens");
        assertThat(answer.columns()).containsExactly("window_start", "window_end", "value");
        assertThat(answer.cells().get(0))
                .containsExactly("2026-01-01T10:00:00Z", "2026-01-01T10:01:00Z", "2000.000000");
    }

    @Test
    void groupsAreColumnsInTheOrderAskedFor() {
        UsageResponse answer = query.apply(
                Asked.about("tokens").groupBy("model", "subject", "kind").input());

        assertThat(answer.columns()).containsExactly("window_start", "window_end", "subject", "model", "kind", "value");
        assertThat(answer.cells().get(0).subList(2, 6)).containsExactly("acme", "gpt-4", "", "2000.000000");
    }

    @Test
    void displayNamesAreAColumnWhereASubjectIsKnown() {
        store.subject("acme", "Acme Inc.");
        store.used("beta", "2026-01-01T10:00:00Z", 1);

        UsageResponse answer =
                query.apply(Asked.about("tokens").groupBy("subject").input());

        assertThat(answer.columns())
                .containsExactly("window_start", "window_end", "subject", "subject_display_name", "value");
        assertThat(answer.cells())
                .extracting(cells -> cells.get(2), cells -> cells.get(3))
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("beta", ""),
                        org.assertj.core.api.Assertions.tuple("acme", "Acme Inc."));
    }

    @Test
    void aSubjectKnownWithoutADisplayNameHasAnEmptyOne() {
        store.subject("acme", null);

        UsageResponse answer = query.apply(Asked.about("tokens").subjects("acme").input());

        assertThat(answer.cells().get(0).subList(2, 4)).containsExactly("acme", "");
    }

    @Test
    void customersAreAColumn() {
        String id = store.customer("acme").id();

        UsageResponse answer = query.apply(Asked.about("tokens").customers(id).input());

        assertThat(answer.columns()).containsExactly("window_start", "window_end", "customer_id", "value");
        assertThat(answer.cells().get(0)).contains(id);
    }

    @Test
    void noRowsAreATableWithAHeading() {
        UsageResponse answer = query.apply(Asked.about("tokens")
                .windows(WindowSize.DAY, "UTC")
                .choosing(Map.of("model", java.util.List.of("none")))
                .input());

        assertThat(answer.columns()).containsExactly("window_start", "window_end", "value");
        assertThat(answer.cells()).isEmpty();
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
    void valuesHaveSixDecimalsHalfEven(String value, String cell) {
        assertThat(UsageColumns.sixDecimals(new BigDecimal(value))).isEqualTo(cell);
    }
}

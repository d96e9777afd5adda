package dev.odometer.api.functions.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.usage.UsageResponse.Row;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryUsageTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-01-02T00:00:00Z");

    private final ApiFixture fixture = new ApiFixture();
    private final QueryUsage query = new QueryUsage(
            fixture.meterLookup, fixture.log, fixture.customerLookup, fixture.subjects, ApiFixture.MAX_ROWS);

    @BeforeEach
    void recordUsage() {
        fixture.tokens();
        fixture.used("acme", "2026-01-01T10:00:30Z", "100.50");
        fixture.used("acme", "2026-01-02T23:30:00Z", 2);
        fixture.used("beta", "2026-01-01T10:00:30Z", 7);
        fixture.prompt("beta", "2026-01-01T11:00:00Z", Map.of("tokens", 1, "kind", "out"));
    }

    private static QueryBuilder query() {
        return QueryBuilder.about("tokens");
    }

    private UsageResponse run(QueryBuilder builder) {
        return query.apply(builder.input());
    }

    private List<String> values(QueryBuilder builder) {
        return run(builder).data().stream()
                .map(row -> row.value().toPlainString())
                .toList();
    }

    @Test
    void byDefaultReturnsOneTotalThatSpansTheMinutesOfItsEvents() {
        UsageResponse response = run(query());

        assertThat(response.from()).isNull();
        assertThat(response.to()).isNull();
        assertThat(response.windowSize()).isNull();
        assertThat(response.data())
                .containsExactly(new Row(
                        new BigDecimal("110.5"),
                        "2026-01-01T10:00:00Z",
                        "2026-01-02T23:31:00Z",
                        Optional.empty(),
                        null,
                        Map.of()));
    }

    @Test
    void refusesMoreRowsThanAllowed() {
        var bounded = new QueryUsage(fixture.meterLookup, fixture.log, fixture.customerLookup, fixture.subjects, 1);

        assertThat(bounded.apply(query().input()).data()).hasSize(1);
        assertThatThrownBy(() ->
                        bounded.apply(query().windows(WindowSize.DAY, "UTC").input()))
                .hasMessageStartingWith("the answer has more than 1 rows; use a shorter range");
        assertThat(bounded.atMost(2, query().windows(WindowSize.DAY, "UTC").input())
                        .data())
                .hasSize(2);
    }

    @Test
    void rowsSpanTheRequestedRange() {
        UsageResponse response = run(query().between(FIRST, SECOND));

        assertThat(response.from()).isEqualTo(FIRST);
        assertThat(response.to()).isEqualTo(SECOND);
        assertThat(response.data())
                .extracting(Row::windowStart, Row::windowEnd, row -> row.value().toPlainString())
                .containsExactly(tuple("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "108.5"));
    }

    @Test
    void windowsAreInTheZoneAndHaveItsOffset() {
        UsageResponse response = run(query().windows(WindowSize.DAY, "Europe/Berlin"));

        assertThat(response.windowSize()).isEqualTo(WindowSize.DAY);
        assertThat(response.data())
                .extracting(Row::windowStart, Row::windowEnd)
                .containsExactly(
                        tuple("2026-01-01T00:00:00+01:00", "2026-01-02T00:00:00+01:00"),
                        tuple("2026-01-03T00:00:00+01:00", "2026-01-04T00:00:00+01:00"));
    }

    @Test
    void theOffsetOfAWindowIsThatOfItsStartAndItsEnd() {
        fixture.used("acme", "2025-03-30T10:00:00Z", 1);

        UsageResponse response = run(
                query().windows(WindowSize.DAY, "Europe/Berlin").between(Instant.parse("2025-03-01T00:00:00Z"), FIRST));

        assertThat(response.data())
                .extracting(Row::windowStart, Row::windowEnd)
                .containsExactly(tuple("2025-03-30T00:00:00+01:00", "2025-03-31T00:00:00+02:00"));
    }

    @Test
    void aTotalIsInUtcInEveryZone() {
        UsageResponse response = run(query().windows(null, "Europe/Berlin").between(FIRST, SECOND));

        assertThat(response.data()).extracting(Row::windowStart).containsExactly("2026-01-01T00:00:00Z");
    }

    @Test
    void aSubjectFilterGroupsBySubjectDescending() {
        UsageResponse response = run(query().subjects("acme", "beta", "acme", "unknown"));

        assertThat(response.data()).extracting(Row::subject).containsExactly(Optional.of("beta"), Optional.of("acme"));
    }

    @Test
    void groupsByGroupByKeys() {
        UsageResponse response = run(query().groupBy("kind", "model", "subject"));

        assertThat(response.data())
                .extracting(Row::groupBy)
                .containsExactly(
                        Map.of("kind", "out", "model", ""),
                        Map.of("kind", "", "model", "gpt-4"),
                        Map.of("kind", "", "model", "gpt-4"));
    }

    @Test
    void aCustomerFilterCountsTheUsageOfItsKeyAndSubjects() {
        String id = fixture.customer("acme", "beta").id();
        fixture.used("other", "2026-01-01T10:00:00Z", 1000);

        UsageResponse response = run(query().customers(id));

        assertThat(response.data())
                .extracting(Row::customerId, row -> row.value().toPlainString())
                .containsExactly(tuple(id, "110.5"));
    }

    @Test
    void combinesSubjectAndCustomerFilters() {
        String id = fixture.customer("acme").id();

        assertThat(values(query().customers(id).subjects("acme", "beta"))).containsExactly("102.5");
        assertThat(values(query().customers(id).subjects("beta"))).isEmpty();
    }

    @Test
    void anUnknownOrDeletedCustomerIsNotFound() {
        var gone = fixture.customer("acme");
        fixture.customers.replace(gone.deleted(ApiFixture.NOW));

        assertThatThrownBy(() -> run(query().customers("unknown"))).hasMessage("customer not found: unknown");
        assertThatThrownBy(() -> run(query().customers(gone.id()))).hasMessage("customer not found: " + gone.id());
    }

    @Test
    void filtersByGroupByValues() {
        assertThat(values(query().withValues(Map.of("model", List.of("gpt-4")))))
                .containsExactly("109.5");
        assertThat(values(query().withValues(Map.of("kind", List.of("out", "in")))))
                .containsExactly("1");
        assertThat(values(query().withValues(Map.of("kind", List.of(""))))).containsExactly("109.5");
    }

    @Test
    void filtersByGroupByConditions() {
        assertThat(values(query().where(Map.of("model", Map.of("$like", "gpt%")))))
                .containsExactly("109.5");
        assertThat(values(query().where(Map.of("kind", Map.of("$ne", "in"))))).containsExactly("110.5");
    }

    @Test
    void refusesBothKindsOfFilterAtOnce() {
        var both = query().withValues(Map.of("model", List.of("a"))).where(Map.of("model", Map.of("$eq", "a")));

        assertThatThrownBy(() -> run(both))
                .hasMessage("filterGroupBy and advancedMeterGroupByFilters cannot be used together");
    }

    @Test
    void refusesUnknownGroupByKeys() {
        assertThatThrownBy(() -> run(query().groupBy("colour"))).hasMessage("invalid group by: colour");
        assertThatThrownBy(() -> run(query().groupBy("customer_id"))).hasMessage("invalid group by: customer_id");
        assertThatThrownBy(() -> run(query().withValues(Map.of("colour", List.of("a")))))
                .hasMessage("invalid group by filter: colour");
        assertThatThrownBy(() -> run(query().where(Map.of("subject", Map.of("$eq", "a")))))
                .hasMessage("invalid group by filter: subject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mars", "+02:00", "UTC+2", "europe/berlin", "../etc", "Europe/Berlin\0"})
    void refusesUnknownTimeZones(String zone) {
        assertThatThrownBy(() -> run(query().windows(WindowSize.DAY, zone))).hasMessage("invalid time zone: " + zone);
    }

    @Test
    void refusesEmptyRanges() {
        assertThatThrownBy(() -> run(query().between(FIRST, FIRST))).hasMessage("from and to cannot be equal");
        assertThatThrownBy(() -> run(query().between(SECOND, FIRST))).hasMessage("from must be before to");
    }

    @Test
    void refusesListsOutOfBounds() {
        String[] many = Collections.nCopies(101, "a").toArray(String[]::new);

        assertThatThrownBy(() -> run(query().subjects(many))).hasMessage("subject must have at most 100 values");
        assertThatThrownBy(() -> run(query().groupBy(many))).hasMessage("groupBy must have at most 100 values");
        assertThatThrownBy(() -> run(query().customers(many)))
                .hasMessage("filterCustomerId must have at most 100 values");
        assertThatThrownBy(() -> run(query().withValues(Map.of("model", List.of()))))
                .hasMessage("filterGroupBy.model must be a list of 1 to 100 values");
    }

    @Test
    void refusesNullInLists() {
        assertThatThrownBy(() -> run(query().subjects("a", null))).hasMessage("subject must not contain null");
        assertThatThrownBy(() -> run(query().groupBy(""))).hasMessage("groupBy must not be empty");
        assertThatThrownBy(() -> run(query().withValues(Map.of("model", Arrays.asList("a", null)))))
                .hasMessage("filterGroupBy.model must not contain null");
        assertThatThrownBy(() -> run(query().withValues(Collections.singletonMap("model", null))))
                .hasMessage("filterGroupBy.model must be a list of 1 to 100 values");
    }

    @Test
    void countOfNoEventsIsZeroAndSumOfNoEventsHasNoRow() {
        fixture.meter(new MeterDraft("silence", null, null, null, Aggregation.COUNT, "none", null, null, null));

        assertThat(values(QueryBuilder.about("silence"))).containsExactly("0");
        assertThat(run(QueryBuilder.about("silence").between(FIRST, SECOND)).data())
                .extracting(Row::windowStart)
                .containsExactly("2026-01-01T00:00:00Z");
        assertThat(values(query().between(ApiFixture.NOW, null))).isEmpty();
    }

    @Test
    void ignoresEventsBeforeTheMetersStart() {
        fixture.meter(new MeterDraft("late", null, null, null, Aggregation.SUM, "prompt", SECOND, "$.tokens", null));

        assertThat(values(QueryBuilder.about("late").between(FIRST, null))).containsExactly("2");
    }

    @Test
    void aDeletedMeterIsNotFound() {
        Meter gone = fixture.meterLookup.live("tokens").deleted(ApiFixture.NOW);
        fixture.meters.replace(gone);

        assertThatThrownBy(() -> run(query())).hasMessage("meter not found: tokens");
        assertThatThrownBy(() -> run(QueryBuilder.about(gone.id()))).hasMessage("meter not found: " + gone.id());
    }
}

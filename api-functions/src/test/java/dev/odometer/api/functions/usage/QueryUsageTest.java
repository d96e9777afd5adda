package dev.odometer.api.functions.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.api.functions.Store;
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

    private final Store store = new Store();
    private final QueryUsage query = new QueryUsage(store.knownMeters, store.log, store.knownCustomers, store.subjects);

    @BeforeEach
    void someTokensAreUsed() {
        store.tokens();
        store.used("acme", "2026-01-01T10:00:30Z", "100.50");
        store.used("acme", "2026-01-02T23:30:00Z", 2);
        store.used("beta", "2026-01-01T10:00:30Z", 7);
        store.prompt("beta", "2026-01-01T11:00:00Z", Map.of("tokens", 1, "kind", "out"));
    }

    private static Asked asked() {
        return Asked.about("tokens");
    }

    private UsageResponse ask(Asked asked) {
        return query.apply(asked.input());
    }

    private List<String> values(Asked asked) {
        return ask(asked).data().stream()
                .map(row -> row.value().toPlainString())
                .toList();
    }

    @Test
    void withoutAnythingElseItIsOneTotalOverTheMinutesOfItsEvents() {
        UsageResponse answer = ask(asked());

        assertThat(answer.from()).isNull();
        assertThat(answer.to()).isNull();
        assertThat(answer.windowSize()).isNull();
        assertThat(answer.data())
                .containsExactly(new Row(
                        new BigDecimal("110.5"),
                        Instant.parse("2026-01-01T10:00:00Z"),
                        Instant.parse("2026-01-02T23:31:00Z"),
                        Optional.empty(),
                        null,
                        Map.of()));
    }

    @Test
    void echoesTheRangeAndSpansItExactly() {
        UsageResponse answer = ask(asked().between(FIRST, SECOND));

        assertThat(answer.from()).isEqualTo(FIRST);
        assertThat(answer.to()).isEqualTo(SECOND);
        assertThat(answer.data())
                .extracting(Row::windowStart, Row::windowEnd, row -> row.value().toPlainString())
                .containsExactly(tuple(FIRST, SECOND, "108.5"));
    }

    @Test
    void windowsFollowTheZone() {
        UsageResponse answer = ask(asked().windows(WindowSize.DAY, "Europe/Berlin"));

        assertThat(answer.windowSize()).isEqualTo(WindowSize.DAY);
        assertThat(answer.data())
                .extracting(Row::windowStart)
                .containsExactly(Instant.parse("2025-12-31T23:00:00Z"), Instant.parse("2026-01-02T23:00:00Z"));
    }

    @Test
    void aSubjectFilterTellsRowsApartGreatestSubjectFirst() {
        UsageResponse answer = ask(asked().subjects("acme", "beta", "acme", "nobody"));

        assertThat(answer.data()).extracting(Row::subject).containsExactly(Optional.of("beta"), Optional.of("acme"));
    }

    @Test
    void groupsByKeysOfTheMeter() {
        UsageResponse answer = ask(asked().groupBy("kind", "model", "subject"));

        assertThat(answer.data())
                .extracting(Row::groupBy)
                .containsExactly(
                        Map.of("kind", "out", "model", ""),
                        Map.of("kind", "", "model", "gpt-4"),
                        Map.of("kind", "", "model", "gpt-4"));
    }

    @Test
    void aCustomerFilterAttributesKeyAndSubjects() {
        String id = store.customer("acme", "beta").id();
        store.used("other", "2026-01-01T10:00:00Z", 1000);

        UsageResponse answer = ask(asked().customers(id));

        assertThat(answer.data())
                .extracting(Row::customerId, row -> row.value().toPlainString())
                .containsExactly(tuple(id, "110.5"));
    }

    @Test
    void subjectAndCustomerFiltersBothHold() {
        String id = store.customer("acme").id();

        assertThat(values(asked().customers(id).subjects("acme", "beta"))).containsExactly("102.5");
        assertThat(values(asked().customers(id).subjects("beta"))).isEmpty();
    }

    @Test
    void anUnknownOrDeletedCustomerIsNotFound() {
        var gone = store.customer("acme");
        store.customers.replace(gone.deleted(Store.NOW));

        assertThatThrownBy(() -> ask(asked().customers("nobody"))).hasMessage("customer not found: nobody");
        assertThatThrownBy(() -> ask(asked().customers(gone.id()))).hasMessage("customer not found: " + gone.id());
    }

    @Test
    void filtersByValuesOfKeys() {
        assertThat(values(asked().choosing(Map.of("model", List.of("gpt-4"))))).containsExactly("109.5");
        assertThat(values(asked().choosing(Map.of("kind", List.of("out", "in")))))
                .containsExactly("1");
        assertThat(values(asked().choosing(Map.of("kind", List.of(""))))).containsExactly("109.5");
    }

    @Test
    void filtersByConditionsOnKeys() {
        assertThat(values(asked().where(Map.of("model", Map.of("$like", "gpt%")))))
                .containsExactly("109.5");
        assertThat(values(asked().where(Map.of("kind", Map.of("$ne", "in"))))).containsExactly("110.5");
    }

    @Test
    void refusesBothKindsOfFilterAtOnce() {
        var both = asked().choosing(Map.of("model", List.of("a"))).where(Map.of("model", Map.of("$eq", "a")));

        assertThatThrownBy(() -> ask(both))
                .hasMessage("filterGroupBy and advancedMeterGroupByFilters cannot be used together");
    }

    @Test
    void refusesKeysThatTheMeterDoesNotHave() {
        assertThatThrownBy(() -> ask(asked().groupBy("colour"))).hasMessage("invalid group by: colour");
        assertThatThrownBy(() -> ask(asked().groupBy("customer_id"))).hasMessage("invalid group by: customer_id");
        assertThatThrownBy(() -> ask(asked().choosing(Map.of("colour", List.of("a")))))
                .hasMessage("invalid group by filter: colour");
        assertThatThrownBy(() -> ask(asked().where(Map.of("subject", Map.of("$eq", "a")))))
                .hasMessage("invalid group by filter: subject");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mars", "+02:00", "UTC+2", "europe/berlin", "../etc", "Europe/Berlin\0"})
    void refusesWhatIsNoTimeZone(String zone) {
        assertThatThrownBy(() -> ask(asked().windows(WindowSize.DAY, zone))).hasMessage("invalid time zone: " + zone);
    }

    @Test
    void refusesEmptyRanges() {
        assertThatThrownBy(() -> ask(asked().between(FIRST, FIRST))).hasMessage("from and to cannot be equal");
        assertThatThrownBy(() -> ask(asked().between(SECOND, FIRST))).hasMessage("from must be before to");
    }

    @Test
    void boundsItsLists() {
        String[] many = Collections.nCopies(101, "a").toArray(String[]::new);

        assertThatThrownBy(() -> ask(asked().subjects(many))).hasMessage("subject must have at most 100 values");
        assertThatThrownBy(() -> ask(asked().groupBy(many))).hasMessage("groupBy must have at most 100 values");
        assertThatThrownBy(() -> ask(asked().customers(many)))
                .hasMessage("filterCustomerId must have at most 100 values");
        assertThatThrownBy(() -> ask(asked().choosing(Map.of("model", List.of()))))
                .hasMessage("filterGroupBy.model must be a list of 1 to 100 values");
    }

    @Test
    void refusesHolesInItsLists() {
        assertThatThrownBy(() -> ask(asked().subjects("a", null))).hasMessage("subject must not contain null");
        assertThatThrownBy(() -> ask(asked().groupBy(""))).hasMessage("groupBy must not be empty");
        assertThatThrownBy(() -> ask(asked().choosing(Map.of("model", Arrays.asList("a", null)))))
                .hasMessage("filterGroupBy.model must not contain null");
        assertThatThrownBy(() -> ask(asked().choosing(Collections.singletonMap("model", null))))
                .hasMessage("filterGroupBy.model must be a list of 1 to 100 values");
    }

    @Test
    void countingNothingIsZeroAndAddingNothingIsNoRow() {
        store.meter(new MeterDraft("silence", null, null, null, Aggregation.COUNT, "none", null, null, null));

        assertThat(values(Asked.about("silence"))).containsExactly("0");
        assertThat(ask(Asked.about("silence").between(FIRST, SECOND)).data())
                .extracting(Row::windowStart)
                .containsExactly(FIRST);
        assertThat(values(asked().between(Store.NOW, null))).isEmpty();
    }

    @Test
    void theMetersStartIsAFloor() {
        store.meter(new MeterDraft("late", null, null, null, Aggregation.SUM, "prompt", SECOND, "$.tokens", null));

        assertThat(values(Asked.about("late").between(FIRST, null))).containsExactly("2");
    }

    @Test
    void aDeletedMeterIsNotFound() {
        Meter gone = store.knownMeters.live("tokens").deleted(Store.NOW);
        store.meters.replace(gone);

        assertThatThrownBy(() -> ask(asked())).hasMessage("meter not found: tokens");
        assertThatThrownBy(() -> ask(Asked.about(gone.id()))).hasMessage("meter not found: " + gone.id());
    }
}

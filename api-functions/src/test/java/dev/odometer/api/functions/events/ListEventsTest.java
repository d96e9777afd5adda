package dev.odometer.api.functions.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.MeterDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListEventsTest {

    private static final String YESTERDAY = "2026-02-28T12:00:00Z";

    private final ApiFixture fixture = new ApiFixture();
    private final ListEvents listEvents = new ListEvents(
            fixture.log, new EventViews(fixture.meters, fixture.customers), fixture.customerLookup, fixture.clock);

    private List<EventView> list() {
        return listEvents.apply(new ListEvents.Input(null, null, null, null, null, null, null, null, null));
    }

    private List<EventView> between(@Nullable Instant from, @Nullable Instant to) {
        return listEvents.apply(new ListEvents.Input(null, null, null, null, from, to, null, null, null));
    }

    private List<EventView> ingestedBetween(@Nullable Instant from, @Nullable Instant to) {
        return listEvents.apply(new ListEvents.Input(null, null, null, null, null, null, from, to, null));
    }

    private List<EventView> of(@Nullable String id, @Nullable String subject) {
        return listEvents.apply(new ListEvents.Input(null, id, subject, null, null, null, null, null, null));
    }

    private List<EventView> ofCustomers(@Nullable String... ids) {
        return listEvents.apply(
                new ListEvents.Input(null, null, null, Arrays.asList(ids), null, null, null, null, null));
    }

    private List<EventView> limited(int limit) {
        return listEvents.apply(new ListEvents.Input(null, null, null, null, null, null, null, null, limit));
    }

    @Test
    void returnsAnEventAsItWasSent() {
        fixture.tokens();
        String owner = fixture.customer("acme").id();
        fixture.used("acme", YESTERDAY, "100");

        EventView view = list().get(0);

        assertThat(view.customerId()).isEqualTo(owner);
        assertThat(view.ingestedAt()).isEqualTo(ApiFixture.NOW);
        assertThat(view.storedAt()).isEqualTo(ApiFixture.NOW);
        assertThat(view.validationError()).isNull();
        assertThat(view.event().datacontenttype()).isEqualTo("application/json");
        assertThat(view.event().data()).containsEntry("tokens", "100");
    }

    @Test
    void anEventWithoutDataHasNoContentType() {
        fixture.prompt("acme", YESTERDAY, null);

        assertThat(list().get(0).event().datacontenttype()).isNull();
    }

    @Test
    void reportsEachReasonOnceOnItsOwnLine() {
        fixture.tokens();
        fixture.meter(new MeterDraft("most", null, null, null, Aggregation.MAX, "prompt", null, "$.tokens", null));
        fixture.meter(new MeterDraft("time", null, null, null, Aggregation.SUM, "prompt", null, "$.ms", null));
        fixture.used("acme", YESTERDAY, "NaN");

        assertThat(list().get(0).validationError()).isEqualTo("""
                        invalid event: value cannot be NaN
                        invalid event: missing value property: "$.ms"
                        no customer found for event subject: acme""");
    }

    @Test
    void reportsThatNoMeterCountsTheType() {
        fixture.customer("acme");
        fixture.used("acme", YESTERDAY, 1);

        assertThat(list().get(0).validationError()).isEqualTo("no meter found for event type: prompt");
    }

    @Test
    void anEventBeforeAMetersStartIsNotAnError() {
        fixture.customer("acme");
        fixture.meter(
                new MeterDraft("late", null, null, null, Aggregation.SUM, "prompt", ApiFixture.NOW, "$.ms", null));
        fixture.used("acme", YESTERDAY, 1);

        assertThat(list().get(0).validationError()).isNull();
    }

    @Test
    void listsTheLast32Days() {
        Instant oldest = ApiFixture.NOW.minus(Duration.ofDays(32));
        fixture.used("at", oldest.toString(), 1);
        fixture.used("before", oldest.minusSeconds(1).toString(), 1);

        assertThat(list()).extracting(view -> view.event().subject()).containsExactly("at");
    }

    @Test
    void refusesTimesThatAreTooOld() {
        Instant older = ApiFixture.NOW.minus(Duration.ofDays(33));

        assertThatThrownBy(() -> between(older, null))
                .isInstanceOf(Refusal.class)
                .hasMessage("from date is too old: " + older);
        assertThatThrownBy(() -> ingestedBetween(older, null)).hasMessage("ingestedAtFrom date is too old: " + older);
    }

    @Test
    void refusesReversedRanges() {
        Instant earlier = ApiFixture.NOW.minusSeconds(1);

        assertThatThrownBy(() -> between(ApiFixture.NOW, earlier))
                .hasMessage("to date is before from date: " + earlier + " < " + ApiFixture.NOW);
        assertThatThrownBy(() -> ingestedBetween(ApiFixture.NOW, earlier))
                .hasMessageStartingWith("ingestedAtTo date is before ingestedAtFrom date: ");
    }

    @Test
    void rangesAreHalfOpen() {
        Instant time = Instant.parse(YESTERDAY);
        fixture.used("acme", YESTERDAY, 1);

        assertThat(between(time, time.plusSeconds(1))).hasSize(1);
        assertThat(between(time.minusSeconds(1), time)).isEmpty();
        assertThat(ingestedBetween(ApiFixture.NOW, null)).hasSize(1);
        assertThat(ingestedBetween(null, ApiFixture.NOW)).isEmpty();
    }

    @Test
    void matchesPartsOfIdsAndWholeSubjects() {
        fixture.append(ApiFixture.prompt("order-17%", "acme", ApiFixture.NOW, null));

        assertThat(of("17%", null)).hasSize(1);
        assertThat(of("r_1", null)).isEmpty();
        assertThat(of(null, "acme")).hasSize(1);
        assertThat(of(null, "acm")).isEmpty();
    }

    @Test
    void aCustomerFilterMatchesAllItsSubjects() {
        String id = fixture.customer("acme", "acme-eu").id();
        fixture.used("acme", YESTERDAY, 1);
        fixture.used("acme-eu", YESTERDAY, 1);
        fixture.used("other", YESTERDAY, 1);

        assertThat(ofCustomers(id)).extracting(view -> view.event().subject()).containsExactly("acme-eu", "acme");
    }

    @Test
    void refusesUnknownCustomers() {
        assertThatThrownBy(() -> ofCustomers("01ARZ3NDEKTSV4RRFFQ69G5FAV"))
                .hasMessage("customers not found in namespace default: 01ARZ3NDEKTSV4RRFFQ69G5FAV");
        assertThatThrownBy(() -> ofCustomers("a\0")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> ofCustomers((String) null)).isInstanceOf(Refusal.class);
    }

    @Test
    void listsAtMostTheLimitLatestFirst() {
        fixture.used("first", YESTERDAY, 1);
        fixture.used("second", YESTERDAY, 1);

        assertThat(limited(1)).extracting(view -> view.event().subject()).containsExactly("second");
        assertThatThrownBy(() -> limited(0)).hasMessage("limit must be 1 to 100: 0");
        assertThatThrownBy(() -> limited(101)).hasMessage("limit must be 1 to 100: 101");
    }

    @Test
    void validatesTheClientId() {
        var input = new ListEvents.Input("x".repeat(37), null, null, null, null, null, null, null, null);

        assertThatThrownBy(() -> listEvents.apply(input)).hasMessageStartingWith("clientId must have at most 36");
    }

    @Test
    void matchesSpecialCharactersOfSubjectsLiterally() {
        fixture.prompt("a%_'\"\\", YESTERDAY, Map.of());

        assertThat(of(null, "a%_'\"\\")).hasSize(1);
    }
}

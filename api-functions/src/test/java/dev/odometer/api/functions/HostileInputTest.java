package dev.odometer.api.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.access.GetEntitlementValue;
import dev.odometer.api.functions.customers.CreateCustomer;
import dev.odometer.api.functions.customers.CustomerDraft;
import dev.odometer.api.functions.customers.CustomerSubjectEntries;
import dev.odometer.api.functions.customers.ListCustomers;
import dev.odometer.api.functions.customers.UpsertSubjects;
import dev.odometer.api.functions.entitlements.CreateEntitlement;
import dev.odometer.api.functions.entitlements.GetEntitlement;
import dev.odometer.api.functions.entitlements.Tenancy;
import dev.odometer.api.functions.entitlements.Tenancy.Asked;
import dev.odometer.api.functions.events.EventViews;
import dev.odometer.api.functions.events.ListEvents;
import dev.odometer.api.functions.events.ListEventsV2;
import dev.odometer.api.functions.features.CreateFeature;
import dev.odometer.api.functions.meters.CreateMeter;
import dev.odometer.api.functions.meters.GetMeter;
import dev.odometer.api.functions.usage.QueryUsage;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.UsageAttribution;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands where a text is expected, a function answers or refuses; it is never surprised. */
class HostileInputTest {

    private final Store store = new Store();

    static Stream<@Nullable String> texts() {
        return Stream.of(
                null,
                "",
                " ",
                "\0",
                "a\0b",
                "\ud83d",
                "\ude00\ud83d",
                "😀",
                "\uffff",
                "'",
                "\"",
                "\\",
                "%",
                "_",
                "'; drop table usage_event; --",
                "${jndi:x}",
                "#{1}",
                "../..",
                "\r\n",
                "NaN",
                "null",
                "{}",
                "[]",
                "9".repeat(400),
                "a".repeat(100_000),
                "%a".repeat(1000),
                "2026-01-01T00:00:00Z",
                "$.a",
                "$[\"\0\"]");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void eventsAreListedOrTheQuestionRefused(@Nullable String text) {
        var views = new EventViews(store.meters, store.customers);
        var v1 = new ListEvents(store.log, views, store.knownCustomers, store.clock);
        var v2 = new ListEventsV2(store.log, views, store.knownCustomers);
        store.prompt("acme", "2026-03-01T00:00:00Z", null);

        assertAnswered(() -> v1.apply(
                new ListEvents.Input(text, text, text, Arrays.asList(text, text), null, null, null, null, null)));
        assertAnswered(() -> v1.apply(new ListEvents.Input(null, text, null, null, null, null, null, null, null)));
        assertAnswered(() -> v2.apply(new ListEventsV2.Input(text, null, null, null)));
        for (String field : List.of("id", "customerId", "time", String.valueOf(text))) {
            assertAnswered(() -> v2.apply(new ListEventsV2.Input(
                    null, null, null, Map.of(field, Collections.singletonMap(String.valueOf(text), text)))));
            assertAnswered(() -> v2.apply(
                    new ListEventsV2.Input(null, null, null, Map.of(field, Collections.singletonMap("$ilike", text)))));
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void metersAreMadeAndFoundOrRefused(@Nullable String text) {
        var create = new CreateMeter(store.meters, store.ids, store.clock);

        assertAnswered(() -> create.apply(draft(text, "call", text, Map.of())));
        assertAnswered(() -> create.apply(draft("a", text, "$.a", Map.of())));
        assertAnswered(() -> create.apply(draft("b", "call", text, Map.of())));
        assertAnswered(() -> create.apply(draft("c", "call", "$.a", Map.of(String.valueOf(text), "$.b"))));
        assertAnswered(() -> create.apply(draft("d", "call", "$.a", Collections.singletonMap("k", text))));
        assertAnswered(() -> new GetMeter(store.knownMeters).apply(new GetMeter.Input(String.valueOf(text))));
    }

    private static MeterDraft draft(
            @Nullable String slug, @Nullable String type, @Nullable String value, Map<String, String> groups) {
        return new MeterDraft(slug, slug, slug, groups, Aggregation.SUM, type, null, value, groups);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void usageIsAnsweredOrTheQuestionRefused(@Nullable String text) {
        store.tokens();
        var query = new QueryUsage(store.knownMeters, store.log, store.knownCustomers, store.subjects);
        List<@Nullable String> list = Arrays.asList(text, text);
        Map<String, @Nullable Object> filter = Map.of("model", Collections.singletonMap("$like", text));

        assertAnswered(() -> query.apply(new QueryUsage.Input(
                String.valueOf(text), null, null, null, null, null, null, null, null, null, null)));
        assertAnswered(() -> query.apply(new QueryUsage.Input(
                "tokens", null, null, null, null, text, list, null, Map.of("model", list), null, null)));
        assertAnswered(() -> query.apply(
                new QueryUsage.Input("tokens", null, null, null, null, null, null, list, null, filter, list)));
        assertAnswered(() -> query.apply(
                new QueryUsage.Input("tokens", null, null, null, null, null, list, null, null, filter, null)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void customersAndSubjectsAreMadeOrRefused(@Nullable String text) {
        var entries = new CustomerSubjectEntries(store.subjects, store.ids);
        var create = new CreateCustomer(store.customers, entries, store.ids, store.clock);
        var upsert = new UpsertSubjects(store.subjects, store.ids, store.clock);
        var attribution = new UsageAttribution(Arrays.asList(text, "b"));

        assertAnswered(() -> create.apply(
                new CustomerDraft(text, text, text, attribution, text, text, null, Map.of("a", String.valueOf(text)))));
        assertAnswered(() -> create.apply(new CustomerDraft("k", "n", null, attribution, null, null, null, null)));
        assertAnswered(() -> new ListCustomers(store.customers)
                .apply(new ListCustomers.Input(1, 1, null, null, null, text, text, text, text, null, null)));
        assertAnswered(() -> upsert.apply(List.of(Collections.singletonMap("key", text))));
        assertAnswered(() -> upsert.apply(List.of(Map.of("key", "a", String.valueOf(text), List.of()))));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void limitsAreSetAndAskedForOrRefused(@Nullable String text) {
        var tenancy = new Tenancy();
        tenancy.hundredTokens();
        String name = String.valueOf(text);
        var feature = new CreateFeature(
                tenancy.store.features, tenancy.store.knownMeters, tenancy.store.ids, tenancy.store.clock);
        var filters = Collections.singletonMap("model", text);
        var asked = new Asked(name, new CreateEntitlement.Period(text, null), text, null, null, text);

        assertAnswered(() -> feature.apply(new CreateFeature.Input(text, text, null, null, null, Map.of("a", name))));
        assertAnswered(() -> feature.apply(new CreateFeature.Input("f", text, "tokens", filters, null, null)));
        assertAnswered(() -> feature.apply(new CreateFeature.Input("g", "G", text, null, Map.of(name, name), null)));
        assertAnswered(() -> tenancy.createEntitlement.apply(asked.input(text, null, text)));
        assertAnswered(() -> tenancy.createEntitlement.apply(Asked.fixed(text).input(text, null, "sso")));
        assertAnswered(() ->
                tenancy.createEntitlement.apply(Asked.metered(null).from(name).of("acme", name)));
        assertAnswered(() -> tenancy.createEntitlement.apply(Asked.bare().input(name, null, "tokens")));
        assertAnswered(() -> tenancy.getValue.apply(new GetEntitlementValue.Input(null, "acme", name, null)));
        assertAnswered(() -> tenancy.getValue.apply(new GetEntitlementValue.Input(text, null, name, null)));
        assertAnswered(() -> tenancy.getEntitlement.apply(new GetEntitlement.Input(null, text, name)));
    }

    private static void assertAnswered(Runnable call) {
        String outcome;
        try {
            call.run();
            outcome = "answered";
        } catch (Refusal refusal) {
            // A sentence is for people: bounded, and fit for an answer in UTF-8.
            assertThat(refusal.sentence().length()).isLessThan(500);
            outcome = Text.isStorable(refusal.sentence().replace("\0", "")) ? "answered" : "broken";
        }
        assertThat(outcome).isEqualTo("answered");
    }
}

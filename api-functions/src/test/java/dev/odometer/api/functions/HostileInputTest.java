package dev.odometer.api.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.access.GetEntitlementValue;
import dev.odometer.api.functions.customers.CreateCustomer;
import dev.odometer.api.functions.customers.CustomerDraft;
import dev.odometer.api.functions.customers.CustomerSubjectEntries;
import dev.odometer.api.functions.customers.ListCustomers;
import dev.odometer.api.functions.customers.UpsertSubjects;
import dev.odometer.api.functions.entitlements.CreateEntitlement;
import dev.odometer.api.functions.entitlements.EntitlementFixture;
import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.api.functions.entitlements.GetEntitlement;
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
import dev.odometer.views.TaxId;
import dev.odometer.views.UsageAttribution;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For arbitrary text in any input, a function returns a result or a {@code Refusal}, never another exception. */
class HostileInputTest {

    private final ApiFixture fixture = new ApiFixture();

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
    void listingEventsReturnsOrRefuses(@Nullable String text) {
        var views = new EventViews(fixture.meters, fixture.customers);
        var v1 = new ListEvents(fixture.log, views, fixture.customerLookup, fixture.clock);
        var v2 = new ListEventsV2(fixture.log, views, fixture.customerLookup);
        fixture.prompt("acme", "2026-03-01T00:00:00Z", null);

        assertReturnsOrRefuses(() -> v1.apply(
                new ListEvents.Input(text, text, text, Arrays.asList(text, text), null, null, null, null, null)));
        assertReturnsOrRefuses(
                () -> v1.apply(new ListEvents.Input(null, text, null, null, null, null, null, null, null)));
        assertReturnsOrRefuses(() -> v2.apply(new ListEventsV2.Input(text, null, null, null)));
        for (String field : List.of("id", "customerId", "time", String.valueOf(text))) {
            assertReturnsOrRefuses(() -> v2.apply(new ListEventsV2.Input(
                    null, null, null, Map.of(field, Collections.singletonMap(String.valueOf(text), text)))));
            assertReturnsOrRefuses(() -> v2.apply(
                    new ListEventsV2.Input(null, null, null, Map.of(field, Collections.singletonMap("$ilike", text)))));
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void creatingAndReadingMetersReturnsOrRefuses(@Nullable String text) {
        var create = new CreateMeter(fixture.meters, fixture.ids, fixture.clock);

        assertReturnsOrRefuses(() -> create.apply(draft(text, "call", text, Map.of())));
        assertReturnsOrRefuses(() -> create.apply(draft("a", text, "$.a", Map.of())));
        assertReturnsOrRefuses(() -> create.apply(draft("b", "call", text, Map.of())));
        assertReturnsOrRefuses(() -> create.apply(draft("c", "call", "$.a", Map.of(String.valueOf(text), "$.b"))));
        assertReturnsOrRefuses(() -> create.apply(draft("d", "call", "$.a", Collections.singletonMap("k", text))));
        assertReturnsOrRefuses(() -> new GetMeter(fixture.meterLookup).apply(new GetMeter.Input(String.valueOf(text))));
    }

    private static MeterDraft draft(
            @Nullable String slug, @Nullable String type, @Nullable String value, Map<String, String> groups) {
        return new MeterDraft(slug, slug, slug, groups, Aggregation.SUM, type, null, value, groups);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void queryingUsageReturnsOrRefuses(@Nullable String text) {
        fixture.tokens();
        var query = new QueryUsage(
                fixture.meterLookup, fixture.log, fixture.customerLookup, fixture.subjects, ApiFixture.MAX_ROWS);
        List<@Nullable String> list = Arrays.asList(text, text);
        Map<String, @Nullable Object> filter = Map.of("model", Collections.singletonMap("$like", text));

        assertReturnsOrRefuses(() -> query.apply(new QueryUsage.Input(
                String.valueOf(text), null, null, null, null, null, null, null, null, null, null)));
        assertReturnsOrRefuses(() -> query.apply(new QueryUsage.Input(
                "tokens", null, null, null, null, text, list, null, Map.of("model", list), null, null)));
        assertReturnsOrRefuses(() -> query.apply(
                new QueryUsage.Input("tokens", null, null, null, null, null, null, list, null, filter, list)));
        assertReturnsOrRefuses(() -> query.apply(
                new QueryUsage.Input("tokens", null, null, null, null, null, list, null, null, filter, null)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void creatingCustomersAndSubjectsReturnsOrRefuses(@Nullable String text) {
        var entries = new CustomerSubjectEntries(fixture.subjects, fixture.ids);
        var create = new CreateCustomer(fixture.customers, entries, fixture.ids, fixture.clock);
        var upsert = new UpsertSubjects(fixture.subjects, fixture.ids, fixture.clock);
        var attribution = new UsageAttribution(Arrays.asList(text, "b"));

        assertReturnsOrRefuses(() -> create.apply(new CustomerDraft(
                text,
                text,
                text,
                attribution,
                text,
                text,
                null,
                new TaxId(text),
                text,
                Map.of("a", String.valueOf(text)))));
        assertReturnsOrRefuses(
                () -> create.apply(new CustomerDraft("k", "n", null, attribution, null, null, null, null, null, null)));
        assertReturnsOrRefuses(() -> new ListCustomers(fixture.customers, fixture.subscriptions, fixture.clock)
                .apply(new ListCustomers.Input(1, 1, null, null, null, text, text, text, text, null, null)));
        assertReturnsOrRefuses(() -> upsert.apply(List.of(Collections.singletonMap("key", text))));
        assertReturnsOrRefuses(() -> upsert.apply(List.of(Map.of("key", "a", String.valueOf(text), List.of()))));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void creatingAndCheckingEntitlementsReturnsOrRefuses(@Nullable String text) {
        var entitlements = new EntitlementFixture();
        entitlements.hundredTokens();
        String name = String.valueOf(text);
        var feature = new CreateFeature(
                entitlements.ports.features,
                entitlements.ports.meterLookup,
                entitlements.ports.ids,
                entitlements.ports.clock);
        var filters = Collections.singletonMap("model", text);
        var request = new EntitlementRequest(name, new CreateEntitlement.Period(text, null), text, null, null, text);

        assertReturnsOrRefuses(
                () -> feature.apply(new CreateFeature.Input(text, text, null, null, null, Map.of("a", name), null)));
        assertReturnsOrRefuses(
                () -> feature.apply(new CreateFeature.Input("f", text, "tokens", filters, null, null, null)));
        assertReturnsOrRefuses(
                () -> feature.apply(new CreateFeature.Input("g", "G", text, null, Map.of(name, name), null, null)));
        assertReturnsOrRefuses(() -> entitlements.createEntitlement.apply(request.input(text, null, text)));
        assertReturnsOrRefuses(() -> entitlements.createEntitlement.apply(
                EntitlementRequest.staticEntitlement(text).input(text, null, "sso")));
        assertReturnsOrRefuses(() -> entitlements.createEntitlement.apply(
                EntitlementRequest.metered(null).from(name).of("acme", name)));
        assertReturnsOrRefuses(() -> entitlements.createEntitlement.apply(
                EntitlementRequest.booleanEntitlement().input(name, null, "tokens")));
        assertReturnsOrRefuses(
                () -> entitlements.getValue.apply(new GetEntitlementValue.Input(null, "acme", name, null)));
        assertReturnsOrRefuses(
                () -> entitlements.getValue.apply(new GetEntitlementValue.Input(text, null, name, null)));
        assertReturnsOrRefuses(() -> entitlements.getEntitlement.apply(new GetEntitlement.Input(null, text, name)));
    }

    private static void assertReturnsOrRefuses(Runnable call) {
        String outcome;
        try {
            call.run();
            outcome = "returned or refused";
        } catch (Refusal refusal) {
            // A message is part of a response: bounded in length and encodable in UTF-8.
            assertThat(refusal.detail().length()).isLessThan(500);
            outcome = Text.isStorable(refusal.detail().replace("\0", "")) ? "returned or refused" : "broken";
        }
        assertThat(outcome).isEqualTo("returned or refused");
    }
}

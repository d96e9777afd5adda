package dev.odometer.api.functions.entitlements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.customers.DeleteCustomer;
import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Page;
import dev.odometer.views.EntitlementView;
import dev.odometer.views.PeriodView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntitlementsTest {

    private final EntitlementFixture fixture = new EntitlementFixture();
    private final ApiFixture ports = fixture.ports;

    @Test
    void returnsAMeteredEntitlementWithItsPeriods() {
        EntitlementView view = fixture.hundredTokens();

        assertThat(view.type()).isEqualTo("metered");
        assertThat(view.subjectKey()).isEqualTo("acme-eu");
        assertThat(view.customerKey()).isEqualTo("acme");
        assertThat(view.usagePeriod())
                .isEqualTo(new EntitlementView.Period("MONTH", "P1M", Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(view.currentUsagePeriod())
                .isEqualTo(
                        new PeriodView(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z")));
        assertThat(view.measureUsageFrom()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(view.lastReset()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(view.issue()).isEqualTo(new EntitlementView.Issue(new BigDecimal("100"), 1));
        assertThat(view.isUnlimited()).isFalse();
    }

    @Test
    void measuresUsageFromTheRequestedTime() {
        assertThat(fixture.entitled("tokens", EntitlementRequest.metered(null).from("2026-02-01T10:20:30Z"))
                        .measureUsageFrom())
                .isEqualTo("2026-02-01T10:20:00Z");
    }

    @Test
    void measuresUsageFromItsCreationByDefault() {
        fixture.ports.used("acme-eu", "2026-03-01T11:59:00Z", "70");

        EntitlementView view =
                fixture.entitled("tokens", EntitlementRequest.metered("100").from(null));

        assertThat(view.measureUsageFrom()).isEqualTo(ApiFixture.NOW);
        assertThat(view.lastReset()).isEqualTo(ApiFixture.NOW);
        assertThat(fixture.value("tokens").usage()).isEqualByComparingTo("0");
    }

    @Test
    void returnsStaticAndBooleanEntitlements() {
        assertThat(fixture.entitled("sso", EntitlementRequest.staticEntitlement("{\"idp\": [\"okta\"]}"))
                        .config())
                .isEqualTo("{\"idp\": [\"okta\"]}");
        EntitlementView bare = fixture.entitled("tokens", EntitlementRequest.booleanEntitlement());
        assertThat(bare.config()).isNull();
        assertThat(bare.currentUsagePeriod()).isNull();
        assertThat(bare.isSoftLimit()).isNull();
    }

    @Test
    void refusesInvalidEntitlements() {
        assertRefused("type is required", input(null));
        assertRefused("type must be one of boolean, metered, static: gold", input("gold"));
        assertRefused("usagePeriod is required", input("metered"));
        assertRefused("config is required", input("static"));
        assertRefused(
                "config must be a string that contains JSON: {",
                EntitlementRequest.staticEntitlement("{").of("acme", "sso"));
        assertRefused(
                "usagePeriod.interval is required",
                EntitlementRequest.metered("1").every(null).of("acme", "tokens"));
        assertRefused(
                "usagePeriod.interval must be",
                EntitlementRequest.metered("1").every("FORTNIGHT").of("acme", "tokens"));
    }

    @Test
    void refusesInvalidAmountsAndTimes() {
        assertRefused(
                "a metered entitlement needs a feature with a meter: sso",
                EntitlementRequest.metered("1").of("acme", "sso"));
        assertRefused(
                "issueAfterReset must not be negative: -1",
                EntitlementRequest.metered("-1").of("acme", "tokens"));
        assertRefused(
                "issueAfterReset must not be negative",
                EntitlementRequest.metered("-1E999999999").of("acme", "tokens"));
        assertRefused(
                "issueAfterReset must be below",
                EntitlementRequest.metered("1E400").of("acme", "tokens"));
        assertRefused(
                "issueAfterReset must be below",
                EntitlementRequest.metered("1E-1001").of("acme", "tokens"));
        assertRefused(
                "measureUsageFrom must be an RFC 3339 timestamp",
                EntitlementRequest.metered("1").from("yesterday").of("acme", "tokens"));
        assertRefused(
                "measureUsageFrom must not be in the future",
                EntitlementRequest.metered("1").from("2026-03-01T12:00:01Z").of("acme", "tokens"));
    }

    @Test
    void refusesUnknownCustomersAndFeatures() {
        assertRefused(
                "customer not found: unknown",
                EntitlementRequest.booleanEntitlement().of("unknown", "sso"));
        assertRefused(
                "feature not found: nothing",
                EntitlementRequest.booleanEntitlement().of("acme", "nothing"));
        assertRefused(
                "featureKey or featureId is required",
                EntitlementRequest.booleanEntitlement().input(null, "acme", null));
        assertRefused(
                "either a subject or a customer",
                EntitlementRequest.booleanEntitlement().input("acme", "acme", "sso"));
    }

    private static CreateEntitlement.Input input(@Nullable String type) {
        return new CreateEntitlement.Input(
                null, "acme", type, "tokens", null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private void assertRefused(String sentence, CreateEntitlement.Input input) {
        assertThatThrownBy(() -> fixture.createEntitlement.apply(input))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aSecondEntitlementIsAConflictThatNamesTheFirst() {
        String first = fixture.hundredTokens().id();

        assertThatThrownBy(fixture::hundredTokens)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.conflictingId()).isEqualTo(first));
    }

    @Test
    void aSubjectWithoutACustomerBecomesACustomer() {
        EntitlementView view = fixture.createEntitlement.apply(
                EntitlementRequest.booleanEntitlement().input("globex", null, "sso"));

        assertThat(view.subjectKey()).isEqualTo("globex");
        assertThat(ports.customers.find("globex").orElseThrow().name()).isEqualTo("globex");
        assertThat(fixture.getEntitlement.apply(new GetEntitlement.Input("globex", null, "sso")))
                .isEqualTo(view);
        assertThatThrownBy(() -> fixture.getEntitlement.apply(new GetEntitlement.Input("unknown", null, "sso")))
                .hasMessage("no customer has the subject: unknown");
    }

    @Test
    void findsASubjectByTheIdOfItsEntry() {
        ports.subject("globex", "Globex");
        String id = ports.subjects.find("globex").orElseThrow().id();

        EntitlementView view = fixture.createEntitlement.apply(
                EntitlementRequest.booleanEntitlement().input(id, null, "sso"));

        assertThat(view.customerKey()).isEqualTo("globex");
        assertThat(fixture.getEntitlement.apply(new GetEntitlement.Input(id, null, "sso")))
                .isEqualTo(view);
    }

    @Test
    void isFoundBySubjectCustomerFeatureAndId() {
        EntitlementView made = fixture.hundredTokens();

        assertThat(fixture.getEntitlement.apply(new GetEntitlement.Input("acme-eu", null, "tokens")))
                .isEqualTo(made);
        assertThat(fixture.getEntitlement
                        .apply(new GetEntitlement.Input("acme", null, made.id()))
                        .subjectKey())
                .isEqualTo("acme");
        assertThat(fixture.getEntitlement.apply(new GetEntitlement.Input(null, "acme", made.featureId())))
                .isEqualTo(made);
        assertThat(byId(made.id())).isEqualTo(made);
    }

    private EntitlementView byId(String id) {
        return new GetEntitlementById(ports.entitlements, ports.customers, ports.subjects, ports.clock)
                .apply(new GetEntitlementById.Input(id));
    }

    @Test
    void aDeletedEntitlementIsFoundByIdOnly() {
        String id = fixture.hundredTokens().id();

        new DeleteEntitlement(ports.entitlements, fixture.resolver, ports.clock)
                .accept(new DeleteEntitlement.Input(null, "acme", "tokens"));

        assertThat(byId(id).deletedAt()).isEqualTo(ApiFixture.NOW);
        assertThatThrownBy(() -> fixture.getEntitlement.apply(new GetEntitlement.Input(null, "acme", "tokens")))
                .hasMessage("entitlement not found: tokens");
        assertThat(fixture.hundredTokens().id()).isNotEqualTo(id);
    }

    @Test
    void isDeletedWithItsCustomer() {
        String id = fixture.hundredTokens().id();

        new DeleteCustomer(ports.customers, ports.entitlements, ports.subscriptions, ports.clock)
                .accept(new DeleteCustomer.Input("acme"));

        assertThat(byId(id).deletedAt()).isEqualTo(ApiFixture.NOW);
    }

    @Test
    void listsASubjectsAsAnArrayAndACustomersAsAPage() {
        EntitlementView tokens = fixture.hundredTokens();
        EntitlementView sso = fixture.entitled("sso", EntitlementRequest.booleanEntitlement());

        assertThat(list("acme-eu", null, null)).isEqualTo(List.of(tokens, sso));
        assertThat(listV2("acme", null, null)).isEqualTo(new Page<>(2, 1, 100, List.of(tokens, sso)));
    }

    @Test
    void filtersAllEntitlementsBySubjectsAndCustomers() {
        EntitlementView tokens = fixture.hundredTokens();
        EntitlementView other = fixture.createEntitlement.apply(
                EntitlementRequest.booleanEntitlement().input("globex", null, "sso"));

        assertThat(list(null, null, null)).isEqualTo(List.of(tokens, other));
        assertThat(list(null, "acme-eu", null)).isEqualTo(List.of(tokens));
        assertThat(list(null, "unknown", null)).isEqualTo(List.of());
        assertThat(list(null, null, "metered")).isEqualTo(List.of(tokens));
        assertThat(listV2(null, "globex", null)).isEqualTo(new Page<>(1, 1, 100, List.of(other)));
        assertThat(listV2(null, null, tokens.customerId())).isEqualTo(new Page<>(1, 1, 100, List.of(tokens)));
        assertThat(new ListEntitlementsV2(ports.entitlements, ports.customers, ports.subjects, ports.clock)
                        .apply(new ListEntitlementsV2.Input(
                                null, null, null, null, null, null, null, null, "DESC", null, null, 1, 1)))
                .isEqualTo(new Page<>(2, 2, 1, List.of(tokens)));
        assertThat(listV2(null, "acme-eu", null)).isEqualTo(new Page<>(0, 1, 100, List.of()));
        assertThatThrownBy(() -> list(null, "unknown", "gold"))
                .hasMessageStartingWith("entitlementType must be one of");
    }

    private Object list(@Nullable String subject, @Nullable String filter, @Nullable String type) {
        return new ListEntitlements(ports.entitlements, ports.customers, ports.subjects, ports.clock)
                .apply(new ListEntitlements.Input(
                        subject, only(filter), null, only(type), null, null, null, null, null, null, null, null));
    }

    private Object listV2(@Nullable String customer, @Nullable String key, @Nullable String id) {
        return new ListEntitlementsV2(ports.entitlements, ports.customers, ports.subjects, ports.clock)
                .apply(new ListEntitlementsV2.Input(
                        customer, only(key), only(id), null, null, null, null, null, null, null, null, null, null));
    }

    private static @Nullable List<@Nullable String> only(@Nullable String text) {
        return text == null ? null : List.of(text);
    }
}

package dev.odometer.api.functions.entitlements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.Store;
import dev.odometer.api.functions.customers.DeleteCustomer;
import dev.odometer.api.functions.entitlements.Tenancy.Asked;
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

    private final Tenancy tenancy = new Tenancy();
    private final Store store = tenancy.store;

    @Test
    void aMeteredEntitlementIsShownWithItsPeriods() {
        EntitlementView view = tenancy.hundredTokens();

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
    void usageIsMeasuredFromWhenItIsAskedFor() {
        assertThat(tenancy.entitled("tokens", Asked.metered(null).from("NOW")).measureUsageFrom())
                .isEqualTo(Store.NOW);
    }

    @Test
    void aStaticOneHasItsConfigurationAndABareOneNothing() {
        assertThat(tenancy.entitled("sso", Asked.fixed("{\"idp\": [\"okta\"]}")).config())
                .isEqualTo("{\"idp\": [\"okta\"]}");
        EntitlementView bare = tenancy.entitled("tokens", Asked.bare());
        assertThat(bare.config()).isNull();
        assertThat(bare.currentUsagePeriod()).isNull();
        assertThat(bare.isSoftLimit()).isNull();
    }

    @Test
    void refusesWhatBreaksARule() {
        assertRefused("type is required", asked(null));
        assertRefused("type must be one of boolean, metered, static: gold", asked("gold"));
        assertRefused("usagePeriod is required", asked("metered"));
        assertRefused("config is required", asked("static"));
        assertRefused("config must be a string that contains JSON: {", Asked.fixed("{").of("acme", "sso"));
        assertRefused(
                "usagePeriod.interval is required",
                Asked.metered("1").every(null).of("acme", "tokens"));
        assertRefused(
                "usagePeriod.interval must be",
                Asked.metered("1").every("FORTNIGHT").of("acme", "tokens"));
        assertRefused(
                "a metered entitlement needs a feature with a meter: sso",
                Asked.metered("1").of("acme", "sso"));
        assertRefused(
                "issueAfterReset must not be negative: -1", Asked.metered("-1").of("acme", "tokens"));
        assertRefused(
                "issueAfterReset must not be negative",
                Asked.metered("-1E999999999").of("acme", "tokens"));
        assertRefused("issueAfterReset must be below", Asked.metered("1E400").of("acme", "tokens"));
        assertRefused("issueAfterReset must be below", Asked.metered("1E-1001").of("acme", "tokens"));
        assertRefused(
                "measureUsageFrom must be a time",
                Asked.metered("1").from("yesterday").of("acme", "tokens"));
        assertRefused(
                "measureUsageFrom must not be in the future",
                Asked.metered("1").from("2026-03-01T12:00:01Z").of("acme", "tokens"));
        assertRefused("customer not found: nobody", Asked.bare().of("nobody", "sso"));
        assertRefused("feature not found: nothing", Asked.bare().of("acme", "nothing"));
        assertRefused("featureKey or featureId is required", Asked.bare().input(null, "acme", null));
        assertRefused("either a subject or a customer", Asked.bare().input("acme", "acme", "sso"));
    }

    private static CreateEntitlement.Input asked(@Nullable String type) {
        return new CreateEntitlement.Input(
                null, "acme", type, "tokens", null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private void assertRefused(String sentence, CreateEntitlement.Input input) {
        assertThatThrownBy(() -> tenancy.createEntitlement.apply(input))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aSecondOneIsAConflictThatNamesTheFirst() {
        String first = tenancy.hundredTokens().id();

        assertThatThrownBy(tenancy::hundredTokens)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.conflictingId()).isEqualTo(first));
    }

    @Test
    void aSubjectOfNobodyBecomesACustomer() {
        EntitlementView view = tenancy.createEntitlement.apply(Asked.bare().input("globex", null, "sso"));

        assertThat(view.subjectKey()).isEqualTo("globex");
        assertThat(store.customers.find("globex").orElseThrow().name()).isEqualTo("globex");
        assertThat(tenancy.getEntitlement.apply(new GetEntitlement.Input("globex", null, "sso")))
                .isEqualTo(view);
        assertThatThrownBy(() -> tenancy.getEntitlement.apply(new GetEntitlement.Input("nobody", null, "sso")))
                .hasMessage("no customer has the subject: nobody");
    }

    @Test
    void aSubjectIsKnownByTheIdOfItsEntry() {
        store.subject("globex", "Globex");
        String id = store.subjects.find("globex").orElseThrow().id();

        EntitlementView view = tenancy.createEntitlement.apply(Asked.bare().input(id, null, "sso"));

        assertThat(view.customerKey()).isEqualTo("globex");
        assertThat(tenancy.getEntitlement.apply(new GetEntitlement.Input(id, null, "sso")))
                .isEqualTo(view);
    }

    @Test
    void isFoundBySubjectCustomerFeatureAndId() {
        EntitlementView made = tenancy.hundredTokens();

        assertThat(tenancy.getEntitlement.apply(new GetEntitlement.Input("acme-eu", null, "tokens")))
                .isEqualTo(made);
        assertThat(tenancy.getEntitlement
                        .apply(new GetEntitlement.Input("acme", null, made.id()))
                        .subjectKey())
                .isEqualTo("acme");
        assertThat(tenancy.getEntitlement.apply(new GetEntitlement.Input(null, "acme", made.featureId())))
                .isEqualTo(made);
        assertThat(byId(made.id())).isEqualTo(made);
    }

    private EntitlementView byId(String id) {
        return new GetEntitlementById(store.entitlements, store.customers, store.subjects, store.clock)
                .apply(new GetEntitlementById.Input(id));
    }

    @Test
    void whatIsDeletedIsFoundByItsIdAlone() {
        String id = tenancy.hundredTokens().id();

        new DeleteEntitlement(store.entitlements, tenancy.resolver, store.clock)
                .accept(new DeleteEntitlement.Input(null, "acme", "tokens"));

        assertThat(byId(id).deletedAt()).isEqualTo(Store.NOW);
        assertThatThrownBy(() -> tenancy.getEntitlement.apply(new GetEntitlement.Input(null, "acme", "tokens")))
                .hasMessage("entitlement not found: tokens");
        assertThat(tenancy.hundredTokens().id()).isNotEqualTo(id);
    }

    @Test
    void endsWithItsCustomer() {
        String id = tenancy.hundredTokens().id();

        new DeleteCustomer(store.customers, store.entitlements, store.clock).accept(new DeleteCustomer.Input("acme"));

        assertThat(byId(id).deletedAt()).isEqualTo(Store.NOW);
    }

    @Test
    void listsASubjectsAsAnArrayAndACustomersAsAPage() {
        EntitlementView tokens = tenancy.hundredTokens();
        EntitlementView sso = tenancy.entitled("sso", Asked.bare());

        assertThat(list("acme-eu", null, null)).isEqualTo(List.of(tokens, sso));
        assertThat(listV2("acme", null, null)).isEqualTo(new Page<>(2, 1, 100, List.of(tokens, sso)));
    }

    @Test
    void listsEverybodysByWhoeverIsNamed() {
        EntitlementView tokens = tenancy.hundredTokens();
        EntitlementView other = tenancy.createEntitlement.apply(Asked.bare().input("globex", null, "sso"));

        assertThat(list(null, null, null)).isEqualTo(List.of(tokens, other));
        assertThat(list(null, "acme-eu", null)).isEqualTo(List.of(tokens));
        assertThat(list(null, "nobody", null)).isEqualTo(List.of());
        assertThat(list(null, null, "metered")).isEqualTo(List.of(tokens));
        assertThat(listV2(null, "globex", null)).isEqualTo(new Page<>(1, 1, 100, List.of(other)));
        assertThat(listV2(null, null, tokens.customerId())).isEqualTo(new Page<>(1, 1, 100, List.of(tokens)));
        assertThat(listV2(null, "acme-eu", null)).isEqualTo(new Page<>(0, 1, 100, List.of()));
        assertThatThrownBy(() -> list(null, "nobody", "gold")).hasMessageStartingWith("entitlementType must be one of");
    }

    private Object list(@Nullable String subject, @Nullable String filter, @Nullable String type) {
        return new ListEntitlements(store.entitlements, store.customers, store.subjects, store.clock)
                .apply(new ListEntitlements.Input(
                        subject, only(filter), null, only(type), null, null, null, null, null, null, null, null));
    }

    private Object listV2(@Nullable String customer, @Nullable String key, @Nullable String id) {
        return new ListEntitlementsV2(store.entitlements, store.customers, store.subjects, store.clock)
                .apply(new ListEntitlementsV2.Input(
                        customer, only(key), only(id), null, null, null, null, null, null, null, null));
    }

    private static @Nullable List<@Nullable String> only(@Nullable String text) {
        return text == null ? null : List.of(text);
    }
}

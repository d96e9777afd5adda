package dev.odometer.api.functions.entitlements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.GrantSearch;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.views.EntitlementView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverrideEntitlementTest {

    private static final String MARCH = "2026-03-01T00:00:00Z";

    private final EntitlementFixture fixture = new EntitlementFixture();
    private final ApiFixture ports = fixture.ports;

    private EntitlementView overridden(String entitlement, CreateEntitlement.Input successor) {
        var function = new OverrideEntitlement(
                ports.entitlements,
                new FeatureLookup(ports.features),
                fixture.resolver,
                () -> {
                    throw new UnsupportedOperationException();
                },
                ports.ids,
                ports.clock);
        return function.apply(new OverrideEntitlement.Input(
                successor.subjectIdOrKey(),
                successor.customerIdOrKey(),
                entitlement,
                successor.type(),
                successor.featureKey(),
                successor.featureId(),
                successor.usagePeriod(),
                successor.measureUsageFrom(),
                successor.issueAfterReset(),
                successor.issueAfterResetPriority(),
                successor.issue(),
                successor.isSoftLimit(),
                successor.isUnlimited(),
                successor.preserveOverageAtReset(),
                successor.grants(),
                successor.config(),
                successor.metadata()));
    }

    private static GrantDraft draft(@Nullable String amount, String effectiveAt) {
        return new GrantDraft(
                amount == null ? null : new BigDecimal(amount),
                null,
                Instant.parse(effectiveAt),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A request of a metered entitlement without an allowance that has grants. */
    private static CreateEntitlement.Input withGrants(
            @Nullable String subject, @Nullable String customer, List<@Nullable GrantDraft> grants) {
        CreateEntitlement.Input plain =
                EntitlementRequest.metered(null).from(MARCH).input(subject, customer, "tokens");
        return new CreateEntitlement.Input(
                subject,
                customer,
                plain.type(),
                plain.featureKey(),
                null,
                plain.usagePeriod(),
                plain.measureUsageFrom(),
                null,
                null,
                null,
                null,
                null,
                null,
                grants,
                null,
                null);
    }

    private List<Grant> grants(String entitlement) {
        return ports.entitlements
                .grants(new GrantSearch(
                        List.of(entitlement),
                        List.of(),
                        List.of(),
                        true,
                        GrantSearch.Order.ID,
                        false,
                        new PageRequest(1, 10)))
                .items();
    }

    @Test
    void endsTheOldEntitlementAndStartsTheNewOne() {
        EntitlementView old = fixture.hundredTokens();
        fixture.granted("10", 1, MARCH);
        ports.used("acme-eu", "2026-03-01T10:00:00Z", "30");

        EntitlementView successor = overridden(
                "tokens", EntitlementRequest.metered("500").from(MARCH).of("acme", "tokens"));

        assertThat(successor.id()).isNotEqualTo(old.id());
        assertThat(fixture.getEntitlement.apply(new GetEntitlement.Input(null, "acme", "tokens")))
                .isEqualTo(successor);
        assertThat(ports.entitlements.find(old.id()).orElseThrow().deletedAt()).isEqualTo(ApiFixture.NOW);
        assertThat(fixture.value("tokens").balance()).isEqualByComparingTo("470");
        assertThat(grants(old.id())).extracting(Grant::amount).containsExactly(new BigDecimal("100"), BigDecimal.TEN);
        assertThat(grants(successor.id())).extracting(Grant::amount).containsExactly(new BigDecimal("500"));
    }

    @Test
    void changesTheTypeAndIsFoundByIdOrSubject() {
        EntitlementView old = fixture.hundredTokens();

        EntitlementView successor =
                overridden(old.id(), EntitlementRequest.booleanEntitlement().input("acme-eu", null, "tokens"));

        assertThat(successor.type()).isEqualTo("boolean");
        assertThat(successor.subjectKey()).isEqualTo("acme-eu");
        assertThat(fixture.value("tokens").hasAccess()).isTrue();
    }

    @Test
    void refusesAnotherFeatureOrNoEntitlement() {
        fixture.hundredTokens();
        CreateEntitlement.Input sso = EntitlementRequest.booleanEntitlement().of("acme", "sso");
        CreateEntitlement.Input invalid = EntitlementRequest.metered("-1").of("acme", "tokens");

        assertThatThrownBy(() -> overridden("tokens", sso))
                .hasMessage("an entitlement to tokens cannot be overridden with one to another feature: sso");
        assertThatThrownBy(() -> overridden("sso", sso)).hasMessage("entitlement not found: sso");
        assertThatThrownBy(() -> overridden("tokens", invalid)).hasMessageContaining("must not be negative");
        assertThat(fixture.value("tokens").balance()).isEqualByComparingTo("100");
    }

    @Test
    void createsGrantsWithAnEntitlement() {
        EntitlementView view = fixture.createEntitlement.apply(
                withGrants(null, "acme", List.of(draft("40", MARCH), draft("2.5", "2026-03-01T11:00:00Z"))));

        assertThat(fixture.value("tokens").balance()).isEqualByComparingTo("42.5");
        assertThat(grants(view.id()))
                .extracting(grant -> grant.rollover().max().toPlainString())
                .containsExactly("40", "2.5");
    }

    @Test
    void grantsOfVersion1DoNotRollOver() {
        EntitlementView view =
                fixture.createEntitlement.apply(withGrants("acme-eu", null, List.of(draft("40", MARCH))));

        assertThat(grants(view.id()).get(0).rollover()).isEqualTo(Grant.Rollover.NONE);
    }

    @Test
    void anInvalidGrantCreatesNothing() {
        List<@Nullable GrantDraft> second = List.of(draft("1", MARCH), draft(null, MARCH));

        assertThatThrownBy(() -> fixture.createEntitlement.apply(withGrants("initech", null, second)))
                .hasMessage("grants[1]: amount is required");
        assertThatThrownBy(() ->
                        fixture.createEntitlement.apply(withGrants(null, "acme", Collections.singletonList(null))))
                .hasMessage("grants[0] must not be null");
        assertThatThrownBy(() -> fixture.createEntitlement.apply(
                        withGrants(null, "acme", Collections.nCopies(1001, draft("1", MARCH)))))
                .hasMessage("grants must have at most 1000 items: 1001");

        assertThat(ports.customers.find("initech")).isEmpty();
        assertThat(ports.entitlements.find(
                        ports.customers.find("acme").orElseThrow().id(), "tokens", ApiFixture.NOW))
                .isEmpty();
    }

    @Test
    void anInvalidGrantKeepsTheOldEntitlement() {
        EntitlementView old = fixture.hundredTokens();

        assertThatThrownBy(() -> overridden("tokens", withGrants(null, "acme", List.of(draft("0", MARCH)))))
                .hasMessage("grants[0]: amount must be above 0");

        assertThat(fixture.getEntitlement
                        .apply(new GetEntitlement.Input(null, "acme", "tokens"))
                        .id())
                .isEqualTo(old.id());
    }

    @Test
    void aDeletedCustomerFailsThePrecondition() {
        String id = ports.customers.find("acme").orElseThrow().id();
        ports.customers.replace(ports.customers.find(id).orElseThrow().deleted(ApiFixture.NOW));

        assertThatThrownBy(() -> overridden(
                        "tokens", EntitlementRequest.booleanEntitlement().of(id, "tokens")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.PRECONDITION_FAILED))
                .hasMessage("customer is deleted: " + id);
    }
}

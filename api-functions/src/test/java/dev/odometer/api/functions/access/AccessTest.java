package dev.odometer.api.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.entitlements.EntitlementFixture;
import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.views.EntitlementValue;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTest {

    private final EntitlementFixture fixture = new EntitlementFixture();

    private EntitlementValue bySubject(String subject, @Nullable String time) {
        Instant at = time == null ? null : Instant.parse(time);
        return fixture.getValue.apply(new GetEntitlementValue.Input(subject, null, "tokens", at));
    }

    /** The value of an entitlement with an allowance of 100. */
    private static EntitlementValue metered(boolean access, String balance, String usage, String overage) {
        return new EntitlementValue(
                access,
                new BigDecimal(balance),
                new BigDecimal(usage),
                new BigDecimal(overage),
                new BigDecimal("100"),
                null);
    }

    @Test
    void returnsTheBalance() {
        fixture.hundredTokens();
        fixture.ports.used("acme-eu", "2026-03-01T10:00:00Z", "30.5");

        assertThat(fixture.value("tokens")).isEqualTo(metered(true, "69.5", "30.5", "0"));
        assertThat(bySubject("acme-eu", null)).isEqualTo(fixture.value("tokens"));
        assertThat(bySubject("acme", null)).isEqualTo(fixture.value("tokens"));
    }

    @Test
    void countsTheCurrentMinute() {
        fixture.hundredTokens();
        fixture.ports.used("acme-eu", "2026-03-01T12:00:30Z", "30");

        assertThat(fixture.value("tokens").usage()).isEqualByComparingTo("30");
    }

    @Test
    void returnsTheBalanceAtATime() {
        fixture.hundredTokens();
        fixture.ports.used("acme-eu", "2026-03-01T10:00:00Z", "30");

        assertThat(bySubject("acme-eu", "2026-03-01T09:00:00Z").balance()).isEqualByComparingTo("100");
        assertThat(bySubject("acme-eu", "2026-03-01T12:00:59Z").balance()).isEqualByComparingTo("70");
    }

    @Test
    void returnsTheBalanceAtATimeInTheFuture() {
        fixture.hundredTokens();
        fixture.granted("5", 1, "2026-03-20T00:00:00Z");
        fixture.ports.used("acme-eu", "2026-03-01T10:00:00Z", "30");
        fixture.ports.used("acme-eu", "2026-03-01T12:01:30Z", "1");

        assertThat(bySubject("acme-eu", "2026-03-01T12:01:59Z").balance()).isEqualByComparingTo("69");
        assertThat(bySubject("acme-eu", "2026-03-31T00:00:00Z").balance()).isEqualByComparingTo("74");
        assertThat(bySubject("acme-eu", "2026-04-01T00:00:00Z").balance()).isEqualByComparingTo("105");
        assertThatThrownBy(() -> bySubject("acme-eu", "+10000-01-01T00:00:00Z"))
                .hasMessageContaining("time must be in the years 0000 to 9999");
    }

    @Test
    void aHardLimitDeniesAccessAndASoftLimitReportsOverage() {
        fixture.hundredTokens();
        fixture.ports.customer("globex");
        fixture.createEntitlement.apply(
                EntitlementRequest.metered("100").softLimit().of("globex", "tokens"));
        fixture.ports.used("acme-eu", "2026-03-01T10:00:00Z", "130");
        fixture.ports.used("globex", "2026-03-01T10:00:00Z", "130");

        assertThat(bySubject("acme", null)).isEqualTo(metered(false, "0", "130", "30"));
        assertThat(bySubject("globex", null)).isEqualTo(metered(true, "0", "130", "30"));
    }

    @Test
    void deniesAccessWithoutAnEntitlement() {
        assertThat(fixture.value("tokens")).isEqualTo(EntitlementValue.NONE);
        assertThat(fixture.value("nothing")).isEqualTo(EntitlementValue.NONE);
        assertThatThrownBy(() -> bySubject("acme-eu", null)).hasMessage("entitlement not found: tokens");
        assertThatThrownBy(() -> bySubject("unknown", null)).hasMessage("no customer has the subject: unknown");
    }

    @Test
    void aCustomersIdIsNotASubject() {
        fixture.hundredTokens();
        String id = fixture.ports.customers.find("acme").orElseThrow().id();

        assertThatThrownBy(() -> bySubject(id, null)).hasMessage("no customer has the subject: " + id);
    }

    @Test
    void returnsTheAccessToAllFeatures() {
        fixture.hundredTokens();
        fixture.entitled("sso", EntitlementRequest.staticEntitlement("[1]"));
        var access = new GetCustomerAccess(fixture.ports.entitlements, fixture.resolver, fixture.ports.clock, 2);

        assertThat(access.apply(new GetCustomerAccess.Input("acme")).entitlements())
                .containsOnlyKeys("sso", "tokens")
                .containsEntry("sso", new EntitlementValue(true, null, null, null, null, "[1]"));
        assertThatThrownBy(() -> access.apply(new GetCustomerAccess.Input("unknown")))
                .hasMessage("customer not found: unknown");
    }

    @Test
    void refusesTheAccessToMoreFeaturesThanTheMaximum() {
        fixture.hundredTokens();
        fixture.entitled("sso", EntitlementRequest.staticEntitlement("[1]"));
        var access = new GetCustomerAccess(fixture.ports.entitlements, fixture.resolver, fixture.ports.clock, 1);

        assertThatThrownBy(() -> access.apply(new GetCustomerAccess.Input("acme")))
                .hasMessage("the customer has more than 1 entitlements; request the value of each feature:"
                        + " /api/v2/customers/{customerIdOrKey}/entitlements/{featureKey}/value");
    }
}

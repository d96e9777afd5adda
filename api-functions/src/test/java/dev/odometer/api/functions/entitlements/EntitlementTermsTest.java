package dev.odometer.api.functions.entitlements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.views.EntitlementView;
import dev.odometer.views.PeriodView;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntitlementTermsTest {

    private final EntitlementFixture fixture = new EntitlementFixture();

    private void assertRefused(String sentence, CreateEntitlement.Input input) {
        assertThatThrownBy(() -> fixture.createEntitlement.apply(input))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void showsTheUsagePeriodOfStaticAndBooleanEntitlements() {
        EntitlementView view = fixture.entitled(
                "sso", EntitlementRequest.staticEntitlement("1").every("WEEK"));

        assertThat(view.usagePeriod())
                .isEqualTo(new EntitlementView.Period("WEEK", "P7D", Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(view.currentUsagePeriod())
                .isEqualTo(
                        new PeriodView(Instant.parse("2026-02-26T00:00:00Z"), Instant.parse("2026-03-05T00:00:00Z")));
        assertThat(view.lastReset()).isNull();
        assertRefused(
                "usagePeriod.interval must be",
                EntitlementRequest.booleanEntitlement().every("FORTNIGHT").of("acme", "tokens"));
    }

    @Test
    void anUnlimitedEntitlementAlwaysGivesAccess() {
        CreateEntitlement.Input hard = EntitlementRequest.metered("1").of("acme", "tokens");
        fixture.createEntitlement.apply(new CreateEntitlement.Input(
                null,
                "acme",
                hard.type(),
                hard.featureKey(),
                null,
                hard.usagePeriod(),
                null,
                BigDecimal.ONE,
                null,
                null,
                null,
                true,
                null,
                null,
                null,
                null));
        fixture.ports.used("acme-eu", "2026-03-01T12:00:00Z", 5);

        assertThat(fixture.value("tokens").hasAccess()).isTrue();
        assertThat(fixture.value("tokens").balance()).isZero();
        assertThat(fixture.getEntitlement
                        .apply(new GetEntitlement.Input(null, "acme", "tokens"))
                        .isUnlimited())
                .isTrue();
    }

    @Test
    void refusesFieldsOfOtherTypes() {
        assertRefused(
                "measureUsageFrom is not allowed with type boolean",
                EntitlementRequest.booleanEntitlement().from("NOW").of("acme", "sso"));
        assertRefused(
                "isSoftLimit is not allowed with type static",
                EntitlementRequest.staticEntitlement("1").softLimit().of("acme", "sso"));
        assertRefused("issueAfterReset is required", allowance(2, null));
        assertRefused(
                "issue and issueAfterReset cannot be used together",
                allowance(2, new CreateEntitlement.Issue(BigDecimal.ONE, 1)));
    }

    @Test
    void acceptsTheDefaultPriorityWithoutAnAllowance() {
        EntitlementView view =
                fixture.createEntitlement.apply(allowance(1, new CreateEntitlement.Issue(BigDecimal.TEN, 7)));

        assertThat(view.issueAfterResetPriority()).isEqualTo(7);
    }

    /** A metered entitlement with the priority of an allowance in one form, and an allowance in the other. */
    private static CreateEntitlement.Input allowance(int priority, CreateEntitlement.@Nullable Issue issue) {
        return new CreateEntitlement.Input(
                null,
                "acme",
                "metered",
                "tokens",
                null,
                EntitlementRequest.MONTH,
                null,
                null,
                priority,
                issue,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}

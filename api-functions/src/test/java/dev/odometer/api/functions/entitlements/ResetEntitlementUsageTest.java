package dev.odometer.api.functions.entitlements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.views.EntitlementView;
import dev.odometer.views.PeriodView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResetEntitlementUsageTest {

    private final EntitlementFixture fixture = new EntitlementFixture();

    private void reset(@Nullable String effectiveAt, @Nullable Boolean retainAnchor, @Nullable Boolean preserve) {
        Instant at = effectiveAt == null ? null : Instant.parse(effectiveAt);
        new ResetEntitlementUsage(fixture.ports.entitlements, fixture.resolver, fixture.ports.clock)
                .accept(new ResetEntitlementUsage.Input("acme-eu", null, "tokens", at, retainAnchor, preserve));
    }

    private EntitlementView current() {
        return fixture.getEntitlement.apply(new GetEntitlement.Input("acme-eu", null, "tokens"));
    }

    private static EntitlementView.Period anchoredAt(String time) {
        return new EntitlementView.Period("MONTH", "P1M", Instant.parse(time));
    }

    @Test
    void startsAPeriodThatLaterPeriodsCountFrom() {
        fixture.hundredTokens();
        fixture.ports.used("acme-eu", "2026-03-01T10:00:00Z", "70");

        reset("2026-03-01T11:30:40Z", null, null);

        assertThat(fixture.value("tokens").balance()).isEqualByComparingTo("100");
        assertThat(current().lastReset()).isEqualTo("2026-03-01T11:30:00Z");
        assertThat(current().usagePeriod()).isEqualTo(anchoredAt("2026-03-01T11:30:00Z"));
        assertThat(current().currentUsagePeriod())
                .isEqualTo(
                        new PeriodView(Instant.parse("2026-03-01T11:30:00Z"), Instant.parse("2026-04-01T11:30:00Z")));
    }

    @Test
    void canRetainTheAnchor() {
        fixture.hundredTokens();

        reset("2026-03-01T11:00:00Z", null, null);
        reset(null, true, null);

        assertThat(current().lastReset()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(current().usagePeriod()).isEqualTo(anchoredAt("2026-03-01T11:00:00Z"));
    }

    @Test
    void canPreserveOverage() {
        fixture.hundredTokens();
        fixture.ports.used("acme-eu", "2026-03-01T10:00:00Z", "130");

        reset("2026-03-01T11:00:00Z", null, true);

        assertThat(fixture.value("tokens").balance()).isEqualByComparingTo("70");
    }

    @Test
    void refusesTimesOutsideTheCurrentPeriod() {
        fixture.hundredTokens();

        assertThatThrownBy(() -> reset("2026-03-01T12:00:01Z", null, null))
                .hasMessage("effectiveAt must not be in the future: 2026-03-01T12:00:01Z");
        assertThatThrownBy(() -> reset("2026-02-28T23:59:59Z", null, null))
                .hasMessageStartingWith("effectiveAt must not be before the current usage period");
    }

    @Test
    void requiresAMeteredEntitlement() {
        fixture.entitled("tokens", EntitlementRequest.booleanEntitlement());

        assertThatThrownBy(() -> reset(null, null, null)).hasMessageContaining("not metered");
    }
}

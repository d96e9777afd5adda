package dev.odometer.api.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.access.EntitlementHistoryView.GrantUsage;
import dev.odometer.api.functions.entitlements.EntitlementFixture;
import dev.odometer.api.functions.entitlements.EntitlementFixture.EntitlementRequest;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntitlementHistoryTest {

    private final EntitlementFixture fixture = new EntitlementFixture();

    private EntitlementHistoryView history(@Nullable String from, @Nullable String to, String zone) {
        return fixture.getHistory.apply(new GetEntitlementHistory.Input(
                "acme-eu", null, "tokens", instant(from), instant(to), WindowSize.HOUR, zone));
    }

    private static @Nullable Instant instant(@Nullable String time) {
        return time == null ? null : Instant.parse(time);
    }

    @Test
    void startsWithTheCurrentPeriodAndEndsNow() {
        String entitlement = fixture.hundredTokens().id();
        String grant = fixture.granted("50", 1, "2026-03-01T06:00:00Z").id();
        fixture.ports.used("acme-eu", "2026-03-01T04:00:00Z", "130");
        fixture.ports.used("acme-eu", "2026-03-01T12:00:30Z", "5");

        EntitlementHistoryView history = history(null, null, "UTC");

        assertThat(history.windowedHistory()).hasSize(13);
        assertThat(history.windowedHistory().get(12).usage()).isEqualTo("5");
        assertThat(history.windowedHistory().get(12).balanceAtStart()).isEqualTo("20");
        assertThat(history.burndownHistory()).hasSize(2);
        EntitlementHistoryView.Segment last = history.burndownHistory().get(1);
        assertThat(last.period().to()).isEqualTo("2026-03-01T12:01:00Z");
        assertThat(last.grantBalancesAtEnd())
                .isEqualTo(Map.of(entitlement, BigDecimal.ZERO, grant, new BigDecimal("15")));
        assertThat(last.grantUsages()).isEqualTo(List.of(new GrantUsage(grant, new BigDecimal("35"))));
    }

    @Test
    void windowsHaveTheOffsetOfTheZone() {
        fixture.hundredTokens();

        EntitlementHistoryView history = history("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z", "Asia/Kathmandu");

        assertThat(history.windowedHistory())
                .extracting(window -> window.period().to())
                .containsExactly(
                        OffsetDateTime.parse("2026-03-01T16:00:00+05:45"),
                        OffsetDateTime.parse("2026-03-01T16:45:00+05:45"));
        assertThat(history.burndownHistory().get(0).period().from())
                .isEqualTo(OffsetDateTime.parse("2026-03-01T10:00:00Z"));
    }

    @Test
    void refusesInvalidRanges() {
        fixture.hundredTokens();

        assertThatThrownBy(() -> history("2026-02-28T23:59:00Z", null, "UTC"))
                .hasMessage("from must not be before usage is measured, from 2026-03-01T00:00:00Z:"
                        + " 2026-02-28T23:59:00Z");
        assertThatThrownBy(() -> history("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z", "UTC"))
                .hasMessageStartingWith("from must be before to");
        assertThatThrownBy(() -> history(null, "2027-03-01T00:00:00Z", "UTC"))
                .hasMessage("the range from 2026-03-01T00:00:00Z to 2027-03-01T00:00:00Z has more than 1000 windows of"
                        + " windowSize HOUR; use a larger windowSize, or a shorter range that ends by"
                        + " 2026-04-11T16:00:00Z");
        assertThatThrownBy(() -> history(null, null, "Mars/Olympus")).hasMessage("invalid time zone: Mars/Olympus");
        assertThatThrownBy(() -> fixture.getHistory.apply(
                        new GetEntitlementHistory.Input("acme-eu", null, "tokens", null, null, null, null)))
                .hasMessage("windowSize is required");
    }

    @Test
    void requiresAMeteredEntitlement() {
        assertThatThrownBy(() -> history(null, null, "UTC")).hasMessage("entitlement not found: tokens");
        fixture.entitled("tokens", EntitlementRequest.booleanEntitlement());

        assertThatThrownBy(() -> history(null, null, "UTC")).hasMessageContaining("not metered");
    }
}

package dev.odometer.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Edges of periods. The tables of docs/billing-rules.md and the properties hold the other cases. */
class BillingPeriodsTest {

    private static final Instant ANCHOR = Instant.parse("2025-01-31T15:00:00Z");

    private static BillingPeriods periods(String cadence, Instant anchor, ZoneId zone) {
        return new BillingPeriods(CalendarDuration.parse("cadence", cadence), anchor, zone);
    }

    @Test
    void rejectsADurationThatIsNoCadence() {
        assertThatThrownBy(() -> periods("P1M1D", ANCHOR, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("P1M1D");
    }

    @Test
    void startsAPeriodAtTheAnchor() {
        assertThat(periods("P1M", ANCHOR, ZoneOffset.UTC).containing(ANCHOR))
                .isEqualTo(new Window(ANCHOR, Instant.parse("2025-02-28T15:00:00Z")));
    }

    @Test
    void endsThePeriodBeforeTheAnchorAtTheAnchor() {
        assertThat(periods("P1M", ANCHOR, ZoneOffset.UTC).containing(ANCHOR.minusNanos(1)))
                .isEqualTo(new Window(Instant.parse("2024-12-31T15:00:00Z"), ANCHOR));
    }

    @Test
    void returnsToTheDayOfTheAnchorAfterAShorterMonth() {
        BillingPeriods periods = periods("P1M", ANCHOR, ZoneOffset.UTC);

        Window march = periods.after(periods.after(periods.containing(ANCHOR)));

        assertThat(march.start()).isEqualTo("2025-03-31T15:00:00Z");
    }

    @Test
    void keepsTheSecondOfTwoEqualLocalTimesAsAnchor() {
        Instant second = Instant.parse("2024-11-03T06:30:00Z");
        BillingPeriods periods = periods("P1D", second, ZoneId.of("America/New_York"));

        assertThat(periods.isBoundary(second)).isTrue();
        assertThat(periods.isBoundary(second.minusSeconds(3600))).isFalse();
    }

    /** The average length of a month is off by more than ten periods after three thousand years. */
    @Test
    void findsThePeriodMillenniaFromTheAnchor() {
        BillingPeriods periods = periods("P1M", ANCHOR, ZoneOffset.UTC);

        assertThat(periods.containing(Instant.parse("9999-12-31T15:00:00Z")).start())
                .isEqualTo("9999-12-31T15:00:00Z");
        assertThat(periods.containing(Instant.parse("0001-01-01T00:00:00Z")).end())
                .isEqualTo("0001-01-31T15:00:00Z");
    }
}

package dev.odometer.metering.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static dev.odometer.metering.subscription.SubscriptionExamples.NOW;
import static dev.odometer.metering.subscription.SubscriptionExamples.at;
import static dev.odometer.metering.subscription.SubscriptionExamples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.subscription.Subscription.Status;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {

    private static final Subscription SUBSCRIPTION = subscription("s", NOW);
    private static final Timing IMMEDIATE = new Timing.Immediate();
    private static final Timing NEXT = new Timing.NextBillingCycle();

    @Test
    void hasTheStatusOfItsTimes() {
        Instant later = NOW.plusSeconds(9);
        Subscription canceled = SUBSCRIPTION.canceled(NEXT, later);

        assertThat(SUBSCRIPTION.status(NOW.minusNanos(1000))).isEqualTo(Status.SCHEDULED);
        assertThat(SUBSCRIPTION.status(NOW)).isEqualTo(Status.ACTIVE);
        assertThat(canceled.activeTo()).isEqualTo("2026-02-28T10:00:00.123Z");
        assertThat(canceled.status(at("2026-02-28T10:00:00.122Z"))).isEqualTo(Status.CANCELED);
        assertThat(canceled.status(at("2026-02-28T10:00:00.123Z"))).isEqualTo(Status.INACTIVE);
        assertThat(canceled.status(NOW.minusSeconds(1))).isEqualTo(Status.SCHEDULED);
    }

    @Test
    void countsPhasesFromItsStart() {
        var terms = PlanExamples.monthly(
                PlanExamples.phase("one", "P1M", SubscriptionExamples.fee()),
                PlanExamples.phase("two", "P1M", SubscriptionExamples.fee()),
                PlanExamples.phase("three", null, SubscriptionExamples.fee()));

        Subscription subscription = subscription("s", terms, NOW);

        assertThat(subscription.phases())
                .extracting(subscription::span)
                .containsExactly(
                        new Span(NOW, at("2026-02-28T10:00:00.123Z")),
                        new Span(at("2026-02-28T10:00:00.123Z"), at("2026-03-31T10:00:00.123Z")),
                        new Span(at("2026-03-31T10:00:00.123Z"), null));
    }

    @Test
    void startsWithALaterPhase() {
        List<SubscriptionPhase> phases =
                SubscriptionExamples.phases("x").of(SubscriptionExamples.trialThenPaid(), "paid");

        assertThat(phases).extracting(SubscriptionPhase::key).containsExactly("paid");
        assertThat(phases.get(0).startAfter()).isEqualTo(Offset.ZERO);
        assertThatThrownBy(() -> SubscriptionExamples.phases("x").of(SubscriptionExamples.trialThenPaid(), "none"))
                .hasMessage("startingPhase must be the key of a phase of the plan: none");
    }

    @Test
    void givesTheEntitlementsOfItsPhases() {
        List<Entitlement> entitlements = SUBSCRIPTION.entitlements();
        Instant paid = at("2026-02-28T10:00:00.123Z");

        assertThat(entitlements).extracting(Entitlement::featureKey).containsExactly("tokens", "tokens", "sso");
        assertThat(entitlements)
                .extracting(Entitlement::managed)
                .containsExactly(
                        new Entitlement.Managed("s", NOW, paid),
                        new Entitlement.Managed("s", paid, null),
                        new Entitlement.Managed("s", paid, null));
        Terms.Metered trial = entitlements.get(0).metered();
        assertThat(trial.period()).isEqualTo(UsagePeriod.of("DAY", NOW));
        assertThat(trial.measureFrom()).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(entitlements.get(1).metered().period()).isEqualTo(UsagePeriod.of("MONTH", NOW));
    }

    @Test
    void endsItsEntitlementsWithIt() {
        Subscription canceled = SUBSCRIPTION.canceled(IMMEDIATE, NOW.plusSeconds(120));

        assertThat(canceled.entitlements())
                .extracting(one -> one.isActive(at("2026-03-01T00:00:00Z")))
                .containsOnly(false);
        assertThat(canceled.entitlements().get(0).isActive(NOW.plusSeconds(119)))
                .isTrue();
        assertThat(SUBSCRIPTION.canceled(NEXT, NOW).uncanceled(NOW).entitlements())
                .isEqualTo(SUBSCRIPTION.entitlements());
    }

    @Test
    void endsAtTheStartOfABillingPeriodOnly() {
        Timing boundary = Timing.parse("2026-03-31T10:00:00.123Z");

        assertThat(SUBSCRIPTION.canceled(boundary, NOW).activeTo()).isEqualTo("2026-03-31T10:00:00.123Z");
        assertThatThrownBy(() -> SUBSCRIPTION.canceled(Timing.parse("2026-03-31T10:00:00Z"), NOW))
                .hasMessageContaining("timing must be the start of a billing period");
        assertThatThrownBy(() -> SUBSCRIPTION.canceled(Timing.parse("2025-12-31T10:00:00.123Z"), NOW))
                .hasMessageContaining("timing must not be in the past");
    }

    @Test
    void refusesMovesThatItsStatusForbids() {
        Subscription canceled = SUBSCRIPTION.canceled(NEXT, NOW);
        Subscription over = SUBSCRIPTION.canceled(IMMEDIATE, NOW);
        Instant before = NOW.minusSeconds(1);

        for (Runnable move : List.<Runnable>of(
                () -> SUBSCRIPTION.canceled(IMMEDIATE, before),
                () -> canceled.canceled(IMMEDIATE, NOW),
                () -> SUBSCRIPTION.uncanceled(NOW),
                () -> over.uncanceled(NOW),
                () -> SUBSCRIPTION.deleted(NOW),
                () -> canceled.edited(List.of(), IMMEDIATE, NOW))) {
            assertThatThrownBy(move::run)
                    .hasMessageMatching("transition \".*\" is not allowed in status .*: s")
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.FORBIDDEN));
        }
        assertThat(SUBSCRIPTION.deleted(before).isDeleted()).isTrue();
    }

    @Test
    void toleratesTwoMinutesOnTheWay() {
        var periods = SUBSCRIPTION.billingPeriods();

        assertThat(Timing.parse("2026-01-31T09:58:00.123Z").resolve(periods, NOW))
                .isEqualTo("2026-01-31T09:58:00.123Z");
        assertThatThrownBy(() -> Timing.parse("2026-01-31T09:58:00.122Z").resolve(periods, NOW))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "IMMEDIATE", "2026-01-31", "next_billing_cycle "})
    void refusesAnUnknownTiming(String text) {
        assertThatThrownBy(() -> Timing.parse(text))
                .hasMessageStartingWith("timing must be immediate, next_billing_cycle or an RFC 3339 timestamp");
    }

    @Test
    void setsTheCurrencyOfACustomerThatHasNone() {
        var free = PlanExamples.monthly(PlanExamples.phase("one", null, SubscriptionExamples.sso()));

        assertThat(SUBSCRIPTION.currencyFor(ACME)).contains("USD");
        assertThat(subscription("s", free, NOW).currencyFor(ACME)).isEmpty();
        assertThat(SUBSCRIPTION.currencyFor(ACME.billedIn("USD", NOW))).isEmpty();
        assertThatThrownBy(() -> SUBSCRIPTION.currencyFor(ACME.billedIn("EUR", NOW)))
                .hasMessage("the subscription must have the currency of the customer, EUR: USD");
    }

    @Test
    void billingPeriodsBeginInTheTimeZone() {
        Subscription utc = subscription("sub", at("2026-01-31T23:30:00Z"));
        Subscription berlin = SubscriptionExamples.in(ZoneId.of("Europe/Berlin"), utc);

        assertThat(utc.billingPeriod(at("2026-02-28T23:40:00Z")).orElseThrow().start())
                .isEqualTo("2026-02-28T23:30:00Z");
        // In Berlin it is the first of February, half past midnight; in April there is daylight saving time.
        assertThat(berlin.billingPeriod(at("2026-03-01T00:00:00Z"))
                        .orElseThrow()
                        .start())
                .isEqualTo("2026-02-28T23:30:00Z");
        assertThat(berlin.billingPeriod(at("2026-04-01T00:00:00Z")).orElseThrow())
                .isEqualTo(new Window(at("2026-03-31T22:30:00Z"), at("2026-04-30T22:30:00Z")));
    }
}

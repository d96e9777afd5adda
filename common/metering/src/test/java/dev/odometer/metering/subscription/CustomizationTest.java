package dev.odometer.metering.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.NOW;
import static dev.odometer.metering.subscription.SubscriptionExamples.add;
import static dev.odometer.metering.subscription.SubscriptionExamples.at;
import static dev.odometer.metering.subscription.SubscriptionExamples.edited;
import static dev.odometer.metering.subscription.SubscriptionExamples.fee;
import static dev.odometer.metering.subscription.SubscriptionExamples.setup;
import static dev.odometer.metering.subscription.SubscriptionExamples.sso;
import static dev.odometer.metering.subscription.SubscriptionExamples.subscription;
import static dev.odometer.metering.subscription.SubscriptionExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.Pricing;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CustomizationTest {

    private static final Subscription SUBSCRIPTION = subscription("s", NOW);
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final Instant PAID = at("2026-02-28T10:00:00.123Z");

    private static RefusalKind refused(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call).kind();
    }

    private static Customization phase(String key, String startAfter, @Nullable String duration) {
        return new Customization.AddPhase(
                "p-" + key,
                PlanExamples.label(key),
                Offset.parseSigned("startAfter", startAfter),
                duration == null ? null : Offset.parseSigned("duration", duration));
    }

    private static Customization stretch(String key, String by) {
        return new Customization.StretchPhase(key, Offset.parseSigned("by", by));
    }

    private static List<String> starts(Subscription subscription) {
        return subscription.phases().stream()
                .map(phase ->
                        phase.key() + " " + subscription.start(phase).toString().substring(0, 10))
                .toList();
    }

    @Test
    void replacesAnItemFromTheTimeOfTheEditOn() {
        Subscription edited = edited(
                SUBSCRIPTION,
                LATER,
                new Customization.RemoveItem("trial", "tokens"),
                add("trial", "n", tokens("50", null)));

        SubscriptionPhase trial = edited.phases().get(0);
        assertThat(trial.items())
                .extracting(item -> item.within(edited.span(trial)))
                .containsExactly(new Span(NOW, LATER), new Span(LATER, PAID));
        assertThat(edited.entitlements()).extracting(one -> one.id()).contains("s-1", "n-0");
        assertThat(edited.terms()).isEqualTo(SUBSCRIPTION.terms());
    }

    @Test
    void changesALaterPhaseAltogether() {
        Subscription edited =
                edited(SUBSCRIPTION, LATER, new Customization.RemoveItem("paid", "sso"), add("paid", "n", setup()));

        assertThat(edited.phases().get(1).items())
                .extracting(SubscriptionItem::key)
                .containsExactly("tokens", "fee", "setup");
        assertThat(edited.phases().get(1).items())
                .extracting(SubscriptionItem::addedAt)
                .containsOnlyNulls();
    }

    @Test
    void refusesItemsThatDoNotFit() {
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, add("trial", "n", tokens("1", null)))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, add("paid", "n", sso()))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, new Customization.RemoveItem("trial", "sso"))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> edited(SUBSCRIPTION, PAID, add("trial", "n", sso()))))
                .isEqualTo(RefusalKind.FORBIDDEN);
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, add("none", "n", sso()))))
                .isEqualTo(RefusalKind.INVALID);
    }

    @Test
    void addsAPhaseAtTheEndWithItsItems() {
        Subscription edited = edited(SUBSCRIPTION, LATER, phase("loyal", "P5M", null), add("loyal", "n", fee()));

        assertThat(starts(edited)).containsExactly("trial 2026-01-31", "paid 2026-02-28", "loyal 2026-06-30");
        assertThat(edited.phases().get(2).items()).hasSize(1);
    }

    @Test
    void addsAPhaseBetweenOthers() {
        Subscription edited = edited(SUBSCRIPTION, LATER, phase("promo", "P1M", "P2M"), add("promo", "n", fee()));

        assertThat(starts(edited)).containsExactly("trial 2026-01-31", "promo 2026-02-28", "paid 2026-04-30");
    }

    @Test
    void refusesPhasesThatDoNotFit() {
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, phase("paid", "P5M", null))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, phase("late", "PT1H", null))))
                .isEqualTo(RefusalKind.FORBIDDEN);
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, phase("promo", "P1M", null))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, phase("empty", "P5M", null))))
                .isEqualTo(RefusalKind.INVALID);
    }

    @Test
    void removesALaterPhase() {
        Subscription three = edited(SUBSCRIPTION, LATER, phase("promo", "P1M", "P2M"), add("promo", "n", fee()));

        assertThat(starts(edited(three, LATER, new Customization.RemovePhase("promo", true))))
                .containsExactly("trial 2026-01-31", "paid 2026-02-28");
        assertThat(starts(edited(three, LATER, new Customization.RemovePhase("promo", false))))
                .containsExactly("trial 2026-01-31", "paid 2026-04-30");
        assertThat(refused(() -> edited(three, LATER, new Customization.RemovePhase("trial", true))))
                .isEqualTo(RefusalKind.FORBIDDEN);
    }

    @Test
    void stretchesAPhase() {
        assertThat(starts(edited(
                        SUBSCRIPTION, LATER, new Customization.StretchPhase("trial", Offset.parseSigned("by", "P1M")))))
                .containsExactly("trial 2026-01-31", "paid 2026-03-31");
        assertThat(starts(edited(
                        SUBSCRIPTION,
                        LATER,
                        new Customization.StretchPhase("trial", Offset.parseSigned("by", "-P1W")))))
                .containsExactly("trial 2026-01-31", "paid 2026-02-21");
        assertThat(refused(() -> edited(
                        SUBSCRIPTION,
                        LATER,
                        new Customization.StretchPhase("trial", Offset.parseSigned("by", "-P1M")))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> edited(
                        SUBSCRIPTION, LATER, new Customization.StretchPhase("paid", Offset.parseSigned("by", "P1M")))))
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(refused(() -> edited(
                        SUBSCRIPTION, PAID, new Customization.StretchPhase("trial", Offset.parseSigned("by", "P1M")))))
                .isEqualTo(RefusalKind.FORBIDDEN);
    }

    @Test
    void keepsTheOrderOfPhasesOfDifferentLengths() {
        Subscription three = edited(
                SUBSCRIPTION, LATER, phase("promo", "P1M", "P1M"), add("promo", "n", fee()), stretch("promo", "-P30D"));

        // From February 28, the next month without 30 days would end before it starts.
        assertThat(starts(three)).containsExactly("trial 2026-01-31", "promo 2026-02-28", "paid 2026-03-01");
        assertThat(refused(() -> edited(three, LATER, stretch("trial", "P1M")))).isEqualTo(RefusalKind.CONFLICT);
    }

    @Test
    void refusesTheDurationOfTheLastPhase() {
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, phase("loyal", "P5M", "P1M"), add("loyal", "n", fee()))))
                .isEqualTo(RefusalKind.INVALID);
        assertThat(starts(edited(
                        SUBSCRIPTION,
                        LATER,
                        phase("loyal", "P5M", "P1M"),
                        add("loyal", "n", fee()),
                        phase("old", "P6M", null),
                        add("old", "o", fee()))))
                .endsWith("loyal 2026-06-30", "old 2026-07-31");
    }

    @Test
    void limitsThePhasesAndItems() {
        Customization[] phases = IntStream.rangeClosed(2, 100)
                .boxed()
                .flatMap(i -> Stream.of(phase("p" + i, "P" + i + "M", null), add("p" + i, "n" + i, fee())))
                .toArray(Customization[]::new);
        Customization[] items = IntStream.rangeClosed(1, 1000)
                .mapToObj(i ->
                        add("paid", "n" + i, PlanExamples.card("k" + i, "P1M", Pricing.of(PlanExamples.flat("1")))))
                .toArray(Customization[]::new);

        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, phases))).isEqualTo(RefusalKind.INVALID);
        assertThat(refused(() -> edited(SUBSCRIPTION, LATER, items))).isEqualTo(RefusalKind.INVALID);
    }

    @Test
    void refusesPhasesAfterTheSupportedYears() {
        Subscription late = subscription("s", at("9990-01-31T00:00:00Z"));

        assertThat(refused(
                        () -> edited(late, at("9990-02-01T00:00:00Z"), phase("z", "P10Y", null), add("z", "n", fee()))))
                .isEqualTo(RefusalKind.INVALID);
    }

    @Test
    void unschedulesAnEdit() {
        Subscription scheduled = SUBSCRIPTION.edited(
                List.of(new Customization.RemoveItem("paid", "tokens"), add("paid", "n", tokens("5", null))),
                new Timing.NextBillingCycle(),
                PAID.plusSeconds(9));

        assertThat(scheduled.phases().get(1).items()).hasSize(4);
        assertThat(edited(scheduled, PAID.plusSeconds(10), new Customization.UnscheduleEdit())
                        .phases())
                .isEqualTo(SUBSCRIPTION.phases());
    }
}

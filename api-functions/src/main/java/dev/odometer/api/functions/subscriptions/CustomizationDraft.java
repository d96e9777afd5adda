package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.pricing.DiscountsDraft;
import dev.odometer.api.functions.pricing.RateCardDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.subscription.Customization;
import dev.odometer.metering.subscription.Offset;
import dev.odometer.metering.subscription.SubscribedPhases;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation of an edit, in requests. Which fields it has depends on {@code op}; a field of another operation is
 * refused.
 *
 * @param op add_item, remove_item, add_phase, remove_phase, stretch_phase or unschedule_edit
 * @param phaseKey of all but add_phase and unschedule_edit
 * @param itemKey of remove_item
 * @param rateCard of add_item
 * @param phase of add_phase
 * @param shift of remove_phase: next, which moves the later phases to its start, or prev, which extends the previous
 *     phase
 * @param extendBy of stretch_phase: an ISO 8601 duration, with a minus sign to make the phase shorter
 */
public record CustomizationDraft(
        @Required @Nullable String op,
        @Nullable String phaseKey,
        @Nullable String itemKey,
        @Nullable RateCardDraft rateCard,
        @Nullable PhaseAddition phase,
        @Nullable String shift,
        @Nullable String extendBy) {

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "add_item", Set.of("phaseKey", "rateCard"),
            "remove_item", Set.of("phaseKey", "itemKey"),
            "add_phase", Set.of("phase"),
            "remove_phase", Set.of("phaseKey", "shift"),
            "stretch_phase", Set.of("phaseKey", "extendBy"),
            "unschedule_edit", Set.of());
    private static final Map<String, Boolean> SHIFTS = Map.of("next", true, "prev", false);

    /**
     * A phase to add, without items.
     *
     * @param startAfter required; an ISO 8601 duration from the start of the subscription, or null for its start
     * @param duration required if a phase follows
     * @param discounts not supported, and refused
     */
    @SuppressWarnings("NullableOptional") // absent and null have different meanings
    public record PhaseAddition(
            @Required @Nullable String key,
            @Required @Nullable String name,
            @Nullable String description,
            @Required @Nullable Optional<String> startAfter,
            @Nullable String duration,
            @Nullable DiscountsDraft discounts) {

        private Customization toCustomization(String id) {
            if (discounts != null) {
                throw Refusal.invalid("phase.discounts is not supported; use discounts of its rate cards");
            }
            var label = new Label(
                    Bounds.required("phase.key", key), Bounds.required("phase.name", name), description, Map.of());
            return new Customization.AddPhase(
                    id,
                    label,
                    Bounds.required("phase.startAfter", startAfter)
                            .map(text -> Offset.of(CalendarDuration.parse("phase.startAfter", text)))
                            .orElse(Offset.ZERO),
                    duration == null ? null : Offset.of(CalendarDuration.parse("phase.duration", duration)));
        }
    }

    /** Refuses fields of other operations. */
    void checkFields() {
        Set<String> allowed = Bounds.choice("op", Bounds.required("op", op), FIELDS);
        var given = new LinkedHashMap<String, @Nullable Object>();
        given.put("phaseKey", phaseKey);
        given.put("itemKey", itemKey);
        given.put("rateCard", rateCard);
        given.put("phase", phase);
        given.put("shift", shift);
        given.put("extendBy", extendBy);
        given.forEach((field, value) -> {
            if (value == null && allowed.contains(field)) {
                throw Refusal.invalid(field + " is required with op " + op);
            }
            if (value != null && !allowed.contains(field)) {
                throw Refusal.invalid(field + " is not allowed with op " + op);
            }
        });
    }

    /** The rate card of an item to add. */
    Optional<RateCard> card() {
        return Optional.ofNullable(rateCard).map(RateCardDraft::toRateCard);
    }

    /**
     * @param card of an item to add
     * @throws Refusal when a field is missing or invalid
     */
    Customization toCustomization(@Nullable RateCard card, SubscribedPhases phases) {
        if (card != null) {
            return new Customization.AddItem(Bounds.required("phaseKey", phaseKey), phases.item(card));
        }
        if (phase != null) {
            return phase.toCustomization(phases.ids().get());
        }
        if (itemKey != null) {
            return new Customization.RemoveItem(Bounds.required("phaseKey", phaseKey), itemKey);
        }
        if (shift != null) {
            return new Customization.RemovePhase(
                    Bounds.required("phaseKey", phaseKey), Bounds.choice("shift", shift, SHIFTS));
        }
        return extendBy == null
                ? new Customization.UnscheduleEdit()
                : new Customization.StretchPhase(
                        Bounds.required("phaseKey", phaseKey), Offset.parseSigned("extendBy", extendBy));
    }
}

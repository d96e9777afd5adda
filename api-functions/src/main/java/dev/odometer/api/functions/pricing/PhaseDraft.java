package dev.odometer.api.functions.pricing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Items;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.Phase;
import dev.odometer.metering.pricing.RateCard;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A phase of a plan in requests.
 *
 * @param duration required; null for the last phase
 */
@SuppressWarnings("NullableOptional") // null is absent, empty is a JSON null
public record PhaseDraft(
        @Required @Nullable String key,
        @Required @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Required @Nullable Optional<String> duration,
        @Required @Nullable List<@Nullable RateCardDraft> rateCards) {

    private static final int MAX_RATE_CARDS = 1000;

    /** @throws Refusal when a field is missing or invalid */
    Phase toPhase() {
        var label = new Label(
                Bounds.required("key", key),
                Bounds.required("name", name),
                description,
                Objects.requireNonNullElse(metadata, Map.of()));
        List<RateCard> cards = Items.atMost("rateCards", rateCards, MAX_RATE_CARDS, RateCardDraft::toRateCard);
        return new Phase(
                label,
                Bounds.required("duration", duration)
                        .map(text -> CalendarDuration.parse("duration", text))
                        .orElse(null),
                cards);
    }
}

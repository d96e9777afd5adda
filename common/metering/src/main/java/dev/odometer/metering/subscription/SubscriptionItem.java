package dev.odometer.metering.subscription;

import dev.odometer.metering.pricing.RateCard;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rate card in a phase of a subscription. A phase may have several versions of an item with the same key, one after the
 * other, since an edit does not change the past.
 *
 * @param id a ULID; also that of the entitlement that the item gives
 * @param featureId of the feature that the rate card named at the time; absent if it has none
 * @param addedAt when an edit adds it inside its phase; absent if it starts with the phase
 * @param removedAt when an edit removes it inside its phase; absent if it ends with the phase
 */
public record SubscriptionItem(
        String id,
        RateCard card,
        @Nullable String featureId,
        @Nullable Instant addedAt,
        @Nullable Instant removedAt) {

    public String key() {
        return card.key();
    }

    SubscriptionItem added(Instant at) {
        return new SubscriptionItem(id, card, featureId, at, removedAt);
    }

    SubscriptionItem removed(@Nullable Instant at) {
        return new SubscriptionItem(id, card, featureId, addedAt, at);
    }

    /** When it is active, given the time of its phase. */
    public Span within(Span phase) {
        Instant from = addedAt == null || addedAt.isBefore(phase.from()) ? phase.from() : addedAt;
        return new Span(from, Span.earlier(removedAt, phase.to()));
    }
}

package dev.odometer.postgres.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.metering.subscription.Offset;
import dev.odometer.metering.subscription.SubscriptionItem;
import dev.odometer.metering.subscription.SubscriptionPhase;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.pricing.StoredPhases.StoredCard;
import dev.odometer.postgres.pricing.StoredPhases.StoredLabel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored JSON form of the phases of a subscription. Its names are part of the schema. Times are microseconds since
 * 1970.
 */
record StoredTimeline(List<StoredPhase> phases) {

    /**
     * A phase.
     *
     * @param time the exact part of its offset, as an ISO 8601 duration
     */
    record StoredPhase(String id, StoredLabel label, long months, long days, String time, List<StoredItem> items) {

        static StoredPhase of(SubscriptionPhase phase) {
            Offset offset = phase.startAfter();
            return new StoredPhase(
                    phase.id(),
                    StoredLabel.of(phase.label()),
                    offset.months(),
                    offset.days(),
                    offset.time().toString(),
                    phase.items().stream().map(StoredItem::of).toList());
        }

        SubscriptionPhase toPhase() {
            return new SubscriptionPhase(
                    id,
                    label.toLabel(),
                    new Offset(months, days, Duration.parse(time)),
                    items.stream().map(StoredItem::toItem).toList());
        }
    }

    /** A version of an item. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredItem(
            String id,
            StoredCard card,
            @Nullable String feature,
            @Nullable Long added,
            @Nullable Long removed) {

        static StoredItem of(SubscriptionItem item) {
            return new StoredItem(
                    item.id(),
                    StoredCard.of(item.card()),
                    item.featureId(),
                    Micros.ofNullable(item.addedAt()),
                    Micros.ofNullable(item.removedAt()));
        }

        SubscriptionItem toItem() {
            return new SubscriptionItem(id, card.toCard(), feature, time(added), time(removed));
        }

        private static @Nullable Instant time(@Nullable Long micros) {
            return micros == null ? null : Micros.toInstant(micros);
        }
    }

    static String write(List<SubscriptionPhase> phases) {
        return DataJson.write(
                new StoredTimeline(phases.stream().map(StoredPhase::of).toList()));
    }

    /** The phases that {@link #write} stored. */
    static List<SubscriptionPhase> read(String json) {
        return DataJson.value(json, StoredTimeline.class).phases().stream()
                .map(StoredPhase::toPhase)
                .toList();
    }
}

package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Delivery;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Notifications.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A notification event in responses.
 *
 * @param rule as it was when it raised the event
 * @param payload the payload of its deliveries
 */
public record NotificationEventView(
        String id,
        String type,
        Instant createdAt,
        RuleView rule,
        Map<String, @Nullable Object> payload,
        List<DeliveryStatus> deliveryStatus) {

    /** The status of the delivery to one channel. */
    public record DeliveryStatus(
            ChannelView.Meta channel,
            Delivery.State state,
            String reason,
            Instant updatedAt,
            @Nullable Instant nextAttempt,
            List<AttemptView> attempts) {

        private static DeliveryStatus of(Delivery delivery, Instant createdAt) {
            List<Attempt> attempts = delivery.attempts();
            return new DeliveryStatus(
                    meta(delivery.channel()),
                    delivery.state(),
                    Objects.requireNonNullElse(delivery.reason(), ""),
                    attempts.isEmpty()
                            ? createdAt
                            : attempts.get(attempts.size() - 1).at(),
                    delivery.nextAttempt(),
                    attempts.stream().map(AttemptView::of).toList());
        }
    }

    /** One attempt of a delivery. */
    public record AttemptView(Delivery.State state, Instant timestamp, Response response) {

        private static AttemptView of(Attempt attempt) {
            return new AttemptView(
                    attempt.succeeded() ? Delivery.State.SUCCESS : Delivery.State.FAILED,
                    attempt.at(),
                    new Response(
                            attempt.statusCode(), attempt.body(), attempt.took().toMillis(), attempt.url()));
        }
    }

    /** The receiver's response to an attempt. */
    public record Response(@Nullable Integer statusCode, String body, long durationMs, String url) {}

    private static ChannelView.Meta meta(Channel channel) {
        return new ChannelView.Meta(channel.id(), channel.target().type());
    }

    static NotificationEventView of(Sent sent) {
        Notification notification = sent.notification();
        Map<String, ChannelView.Meta> channels = sent.deliveries().stream()
                .map(delivery -> meta(delivery.channel()))
                .collect(Collectors.toMap(ChannelView.Meta::id, meta -> meta));
        return new NotificationEventView(
                notification.id(),
                notification.type(),
                notification.createdAt(),
                RuleView.of(notification.rule(), id -> channels.getOrDefault(id, new ChannelView.Meta(id, null))),
                notification.payload(),
                sent.deliveries().stream()
                        .map(delivery -> DeliveryStatus.of(delivery, notification.createdAt()))
                        .toList());
    }
}

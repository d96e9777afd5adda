package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.batch.Channels.UnknownSource;
import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.Outcome;
import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Extracts the items of a message's text: an event or an arrived file, possibly in the envelopes of the services that
 * forwarded it. An envelope is recognized by all of its members, never by a single one. A document with
 * {@code specversion} is a CloudEvent, not an envelope. Other text is passed to the door unchanged, which refuses it
 * with the reason.
 */
final class EnvelopeUnwrapper {

    private final Channels channels;
    private final Json json;
    private final EventBridgeEvents bus;
    private final S3Notifications files;

    EnvelopeUnwrapper(Channels channels, Json json) {
        this.channels = channels;
        this.json = json;
        this.bus = new EventBridgeEvents(this, json);
        this.files = new S3Notifications(this);
    }

    /** The items of the text, in order; empty if there is nothing to do. */
    List<DeliveredItem> of(MessageHeader messageHeader, String text) {
        JsonNode tree = tree(text);
        if (tree == null || !tree.isObject() || tree.has("specversion")) {
            return List.of(event(messageHeader, text.getBytes(StandardCharsets.UTF_8)));
        }
        if (isNotification(tree)) {
            return of(
                    messageHeader.through(tree.path("TopicArn").stringValue()),
                    tree.path("Message").stringValue());
        }
        if (EventBridgeEvents.isEvent(tree)) {
            return bus.parts(messageHeader, tree);
        }
        if (S3Notifications.isNotification(tree) || S3Notifications.isTest(tree)) {
            return files.parts(messageHeader, tree);
        }
        return List.of(event(messageHeader, text.getBytes(StandardCharsets.UTF_8)));
    }

    private @Nullable JsonNode tree(String text) {
        try {
            return (JsonNode) json.reader().read(text);
        } catch (Refusal notJson) {
            return null;
        }
    }

    /** SNS's envelope, which it adds for a queue without raw message delivery. */
    private static boolean isNotification(JsonNode tree) {
        return RecordMembers.is(tree, "Type", "Notification")
                && tree.path("MessageId").isString()
                && tree.path("TopicArn").isString()
                && tree.path("Message").isString();
    }

    EventBridgeEvents bus() {
        return bus;
    }

    S3Notifications files() {
        return files;
    }

    /** A CloudEvent in structured mode, or text that is treated as one. */
    DeliveredItem event(MessageHeader messageHeader, byte[] body) {
        return event(messageHeader, Item.json(messageHeader.id(), messageHeader.group(), body));
    }

    /** An event in any mode. */
    DeliveredItem event(MessageHeader messageHeader, Item item) {
        return routed(Payload.EVENTS, messageHeader, item, null);
    }

    /** An event that cannot be read, with its text as received. */
    DeliveredItem broken(MessageHeader messageHeader, String text, Refusal refusal) {
        return broken(messageHeader, messageHeader.unreadable(text), refusal);
    }

    /** An event that cannot be read. */
    DeliveredItem broken(MessageHeader messageHeader, Item item, Refusal refusal) {
        return routed(Payload.EVENTS, messageHeader, item, Outcome.poison(refusal.detail()));
    }

    DeliveredItem brokenFile(MessageHeader messageHeader, String text, Refusal refusal) {
        return routed(Payload.FILES, messageHeader, messageHeader.unreadable(text), Outcome.poison(refusal.detail()));
    }

    DeliveredItem file(MessageHeader messageHeader, FileArrival file) {
        Item item = Item.json(messageHeader.id(), messageHeader.group(), json.write(file));
        return routed(Payload.FILES, messageHeader.through(file.container()), item, null);
    }

    private DeliveredItem routed(Payload payload, MessageHeader messageHeader, Item item, @Nullable Outcome known) {
        try {
            var source = new DeliverySource(channels.of(payload, messageHeader), messageHeader.source());
            return new DeliveredItem(source, item, known);
        } catch (UnknownSource unknown) {
            return DeliveredItem.unrouted(item, String.valueOf(unknown.getMessage()));
        }
    }
}

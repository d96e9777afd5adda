package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.batch.Channels.UnknownSource;
import dev.odometer.door.DeliveredItem;
import dev.odometer.door.DeliverySource;
import dev.odometer.door.Item;
import dev.odometer.door.Outcome;
import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds what is in a message's text: an event, an arrived file, or either in the envelope of the service that passed it
 * on. Envelopes are told by all of their members, never by one alone, and nothing with {@code specversion} is one: that is
 * a CloudEvent. What is no envelope goes to the door as it is, which says what is wrong with it.
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

    /** What is in the text, in order; empty where there is nothing to do. */
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
        } catch (Refusal noJson) {
            return null;
        }
    }

    /** What SNS wraps around a message for a queue that has not asked for raw delivery. */
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

    /** A CloudEvent in structured mode, or what is taken for one. */
    DeliveredItem event(MessageHeader messageHeader, byte[] body) {
        return event(messageHeader, Item.json(messageHeader.id(), messageHeader.group(), body));
    }

    /** An event in any mode. */
    DeliveredItem event(MessageHeader messageHeader, Item item) {
        return routed(Payload.EVENTS, messageHeader, item, null);
    }

    /** An event that cannot be read, with its text as it came. */
    DeliveredItem broken(MessageHeader messageHeader, String text, Refusal why) {
        return routed(Payload.EVENTS, messageHeader, messageHeader.unreadable(text), Outcome.poison(why.sentence()));
    }

    DeliveredItem brokenFile(MessageHeader messageHeader, String text, Refusal why) {
        return routed(Payload.FILES, messageHeader, messageHeader.unreadable(text), Outcome.poison(why.sentence()));
    }

    DeliveredItem file(MessageHeader messageHeader, FileArrival file) {
        Item item = Item.json(messageHeader.id(), messageHeader.group(), json.write(file));
        return routed(Payload.FILES, messageHeader.through(file.container()), item, null);
    }

    private DeliveredItem routed(Payload payload, MessageHeader messageHeader, Item item, @Nullable Outcome known) {
        try {
            var source = new DeliverySource(
                    channels.of(payload, messageHeader), messageHeader.origins().get(0));
            return new DeliveredItem(source, item, known);
        } catch (UnknownSource unknown) {
            return DeliveredItem.unrouted(item, String.valueOf(unknown.getMessage()));
        }
    }
}

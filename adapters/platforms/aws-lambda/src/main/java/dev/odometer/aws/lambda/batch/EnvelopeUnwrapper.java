package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.batch.Channels.UnknownSource;
import dev.odometer.door.Item;
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
    List<MessagePart> of(MessageHeader messageHeader, String text) {
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
        return Members.is(tree, "Type", "Notification")
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
    MessagePart event(MessageHeader messageHeader, byte[] body) {
        return event(messageHeader, Item.json(messageHeader.id(), messageHeader.group(), body));
    }

    /** An event in any mode. */
    MessagePart event(MessageHeader messageHeader, Item item) {
        try {
            return MessagePart.of(channels.of(Payload.EVENTS, messageHeader), messageHeader, item);
        } catch (UnknownSource unknown) {
            return MessagePart.lost(messageHeader, String.valueOf(unknown.getMessage()));
        }
    }

    /** An event that cannot be read, with its text as it came. */
    MessagePart broken(MessageHeader messageHeader, String text, Refusal why) {
        return broken(Payload.EVENTS, messageHeader, text, why);
    }

    MessagePart brokenFile(MessageHeader messageHeader, String text, Refusal why) {
        return broken(Payload.FILES, messageHeader, text, why);
    }

    private MessagePart broken(Payload payload, MessageHeader messageHeader, String text, Refusal why) {
        try {
            return MessagePart.poison(channels.of(payload, messageHeader), messageHeader, text, why.sentence());
        } catch (UnknownSource unknown) {
            return MessagePart.lost(messageHeader, String.valueOf(unknown.getMessage()));
        }
    }

    MessagePart file(MessageHeader messageHeader, FileArrival file) {
        MessageHeader told = messageHeader.through(file.container());
        try {
            var item = Item.json(messageHeader.id(), messageHeader.group(), json.write(file));
            return MessagePart.of(channels.of(Payload.FILES, told), told, item);
        } catch (UnknownSource unknown) {
            return MessagePart.lost(messageHeader, String.valueOf(unknown.getMessage()));
        }
    }
}

package dev.odometer.lambda.batch;

import dev.odometer.binding.Binding.Payload;
import dev.odometer.binding.FileArrival;
import dev.odometer.door.DeliveredItem;
import dev.odometer.door.DeliverySource;
import dev.odometer.door.Item;
import dev.odometer.door.Outcome;
import dev.odometer.door.json.Json;
import dev.odometer.lambda.batch.Channels.UnknownSource;
import dev.odometer.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds what is in a message's text: an event, an arrived file, or either in the envelope of the service that passed it
 * on. Envelopes are told by all of their members, never by one alone, and nothing with {@code specversion} is one: that is
 * a CloudEvent. What is no envelope goes to the door as it is, which says what is wrong with it.
 */
final class Contents {

    private final Channels channels;
    private final Json json;
    private final Bus bus;
    private final Files files;

    Contents(Channels channels, Json json) {
        this.channels = channels;
        this.json = json;
        this.bus = new Bus(this, json);
        this.files = new Files(this);
    }

    /** What is in the text, in order; empty where there is nothing to do. */
    List<DeliveredItem> of(Letter letter, String text) {
        JsonNode tree = tree(text);
        if (tree == null || !tree.isObject() || tree.has("specversion")) {
            return List.of(event(letter, text.getBytes(StandardCharsets.UTF_8)));
        }
        if (isNotification(tree)) {
            return of(
                    letter.through(tree.path("TopicArn").stringValue()),
                    tree.path("Message").stringValue());
        }
        if (Bus.isEvent(tree)) {
            return bus.parts(letter, tree);
        }
        if (Files.isNotification(tree) || Files.isTest(tree)) {
            return files.parts(letter, tree);
        }
        return List.of(event(letter, text.getBytes(StandardCharsets.UTF_8)));
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

    Bus bus() {
        return bus;
    }

    Files files() {
        return files;
    }

    /** A CloudEvent in structured mode, or what is taken for one. */
    DeliveredItem event(Letter letter, byte[] body) {
        return event(letter, Item.json(letter.id(), letter.group(), body));
    }

    /** An event in any mode. */
    DeliveredItem event(Letter letter, Item item) {
        return routed(Payload.EVENTS, letter, item, null);
    }

    /** An event that cannot be read, with its text as it came. */
    DeliveredItem broken(Letter letter, String text, Refusal why) {
        return routed(Payload.EVENTS, letter, letter.unreadable(text), Outcome.poison(why.sentence()));
    }

    DeliveredItem brokenFile(Letter letter, String text, Refusal why) {
        return routed(Payload.FILES, letter, letter.unreadable(text), Outcome.poison(why.sentence()));
    }

    DeliveredItem file(Letter letter, FileArrival file) {
        Item item = Item.json(letter.id(), letter.group(), json.write(file));
        return routed(Payload.FILES, letter.through(file.container()), item, null);
    }

    private DeliveredItem routed(Payload payload, Letter letter, Item item, @Nullable Outcome known) {
        try {
            var source = new DeliverySource(
                    channels.of(payload, letter), letter.origins().get(0));
            return new DeliveredItem(source, item, known);
        } catch (UnknownSource unknown) {
            return DeliveredItem.unrouted(item, String.valueOf(unknown.getMessage()));
        }
    }
}

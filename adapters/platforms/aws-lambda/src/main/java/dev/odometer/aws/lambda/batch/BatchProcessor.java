package dev.odometer.aws.lambda.batch;

import dev.odometer.door.BatchDoor;
import dev.odometer.door.Item;
import dev.odometer.door.Outcome;
import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetters;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Hands messages to the door, has poison parked, and tells the source what to deliver again. */
final class BatchProcessor {

    private final BatchDoor door;
    private final Channels channels;
    private final Json json;
    private final DeadLetterWriter attendant;

    BatchProcessor(BatchDoor door, Channels channels, Json json, @Nullable DeadLetters deadLetters) {
        this.door = door;
        this.channels = channels;
        this.json = json;
        this.attendant = new DeadLetterWriter(deadLetters);
    }

    /**
     * The answer that names what is to be delivered again; nothing for a source that reads none.
     *
     * @throws DeliverAgain when something is to be delivered again and this is the only way to say it
     * @throws IllegalArgumentException when no channel takes any of it
     */
    byte[] handle(List<Delivery> deliveries, Report report, Deadline deadline) {
        List<MessagePart> parts =
                deliveries.stream().flatMap(d -> d.parts().stream()).toList();
        checkConnected(parts);
        boolean reported = report != Report.NONE && areReported(parts);
        var round = new BatchResult(deliveries, outcomes(parts, deadline), reported);
        attendant.park(round, deadline);
        round.log();
        if (!reported) {
            round.throwIfWaiting();
        }
        return report == Report.NONE ? new byte[0] : answer(round, report);
    }

    /** A single message that no channel takes must not keep the others; all of them are a mistake in the settings. */
    private static void checkConnected(List<MessagePart> parts) {
        if (!parts.isEmpty() && parts.stream().allMatch(part -> part.channel() == null)) {
            throw new IllegalArgumentException(
                    Objects.requireNonNull(parts.get(0).known()).reason());
        }
    }

    private boolean areReported(List<MessagePart> parts) {
        return parts.stream().allMatch(part -> part.channel() == null || channels.hasItemReports(part.channel()));
    }

    private Map<MessagePart, Outcome> outcomes(List<MessagePart> parts, Deadline deadline) {
        var outcomes = new IdentityHashMap<MessagePart, Outcome>();
        var perChannel = new LinkedHashMap<String, List<MessagePart>>();
        for (MessagePart part : parts) {
            if (part.known() != null) {
                outcomes.put(part, part.known());
            } else if (part.channel() != null) {
                perChannel
                        .computeIfAbsent(part.channel(), channel -> new ArrayList<>())
                        .add(part);
            }
        }
        perChannel.forEach((channel, own) -> {
            List<Item> items = own.stream().map(MessagePart::item).toList();
            List<Outcome> given = door.handle(channel, items, deadline);
            for (int i = 0; i < given.size(); i++) {
                outcomes.put(own.get(i), given.get(i));
            }
        });
        return outcomes;
    }

    private byte[] answer(BatchResult round, Report report) {
        List<Map<String, JsonNode>> failures = round.named(report).stream()
                .map(name -> Map.of("itemIdentifier", name))
                .toList();
        return json.write(Map.of("batchItemFailures", failures));
    }
}

package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.BatchResult;
import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Processes the messages of an event and returns the partial batch response for its source. */
final class BatchHandler {

    private static final Logger LOG = LoggerFactory.getLogger(BatchHandler.class);

    private final BatchProcessor processor;
    private final Channels channels;
    private final Json json;

    BatchHandler(BatchProcessor processor, Channels channels, Json json) {
        this.processor = processor;
        this.channels = channels;
        this.json = json;
    }

    /**
     * Processes the messages and returns the response that names those to redeliver; empty if the source reads none.
     *
     * @param source the report mode that the source supports
     * @throws RedeliveryException when messages are to be redelivered and an exception is the source's only signal for it
     * @throws IllegalArgumentException when no channel takes any of the items
     */
    byte[] handle(List<Delivery<JsonNode>> deliveries, ReportMode source, Deadline deadline) {
        List<DeliveredItem> items =
                deliveries.stream().flatMap(d -> d.items().stream()).toList();
        checkConnected(items);
        ReportMode mode = areReported(items) ? source : ReportMode.ALL_OR_NOTHING;
        BatchResult<JsonNode> result = processor.process(deliveries, mode, deadline);
        int redeliveries = result.redeliveries().size();
        if (redeliveries > 0) {
            LOG.warn("{} of {} messages will be redelivered, {}", redeliveries, deliveries.size(), reason(result));
            if (mode == ReportMode.ALL_OR_NOTHING) {
                throw new RedeliveryException(
                        "All " + deliveries.size() + " messages have to be redelivered, " + reason(result));
            }
        }
        return source == ReportMode.ALL_OR_NOTHING ? new byte[0] : response(result);
    }

    /** Some messages without a channel must not block the others; if all have none, the settings are wrong. */
    private static void checkConnected(List<DeliveredItem> items) {
        if (!items.isEmpty() && items.stream().allMatch(item -> item.source() == null)) {
            throw new IllegalArgumentException(
                    Objects.requireNonNull(items.get(0).knownOutcome()).reason());
        }
    }

    private boolean areReported(List<DeliveredItem> items) {
        return items.stream()
                .map(DeliveredItem::source)
                .allMatch(source -> source == null || channels.hasItemReports(source.channel()));
    }

    private static String reason(BatchResult<JsonNode> result) {
        return result.firstFailure()
                .map(item ->
                        "for " + item.item().id() + ": " + result.outcome(item).reason())
                .orElse("");
    }

    private byte[] response(BatchResult<JsonNode> result) {
        List<Map<String, JsonNode>> failures = result.failures().stream()
                .map(name -> Map.of("itemIdentifier", name))
                .toList();
        return json.write(Map.of("batchItemFailures", failures));
    }
}

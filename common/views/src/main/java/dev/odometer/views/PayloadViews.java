package dev.odometer.views;

import dev.odometer.functions.binding.Documents;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.PayloadWriter;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads with the views of API responses.
 *
 * @param documents the door's JSON writer, looked up when an alert is raised
 */
public record PayloadViews(Supplier<Documents> documents) implements PayloadWriter {

    @Override
    public Map<String, @Nullable Object> payload(String id, Instant at, Alert alert) {
        return documents.get().tree(PayloadView.of(id, at, alert));
    }
}

package dev.odometer.views;

import dev.odometer.functions.binding.Documents;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.PayloadWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes payloads with the views of API responses.
 *
 * @param documents the door's JSON writer, looked up when an alert is raised
 */
public record PayloadViews(Supplier<Documents> documents) implements PayloadWriter {

    /** Brokers and functions that take webhooks accept messages of this size. */
    static final int MAX_BYTES_WITH_LINES = 256 * 1024;
    /** More lines and charges than this are larger in any case, and need not be written to know it. */
    private static final int MAX_LINES_AND_CHARGES = 1000;

    @Override
    public Map<String, @Nullable Object> payload(String id, Instant at, Alert alert) {
        Map<String, @Nullable Object> payload = documents.get().tree(view(id, at, alert));
        return alert instanceof Alert.Sample ? marked(payload) : payload;
    }

    /** The lines of an invoice are left out rather than cut off, so that a list of lines is always complete. */
    private PayloadView view(String id, Instant at, Alert alert) {
        if (!(alert instanceof Alert.OfInvoice invoice)) {
            return PayloadView.of(id, at, alert, true);
        }
        long count = invoice.invoice().charged().stream()
                .mapToLong(line -> 1 + line.details().size())
                .sum();
        if (count <= MAX_LINES_AND_CHARGES) {
            PayloadView complete = PayloadView.of(id, at, alert, true);
            if (documents.get().write(complete).length <= MAX_BYTES_WITH_LINES) {
                return complete;
            }
        }
        return PayloadView.of(id, at, alert, false);
    }

    private static Map<String, @Nullable Object> marked(Map<String, @Nullable Object> payload) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("test", true);
        ((Map<?, ?>) Objects.requireNonNull(payload.get("data")))
                .forEach((name, value) -> data.put(String.valueOf(name), value));
        var marked = new LinkedHashMap<>(payload);
        marked.put("data", data);
        return marked;
    }
}

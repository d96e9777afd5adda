package dev.odometer.metering.notification;

import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Payloads with the fields of alerts that tests check, named as in the API. */
public final class ExamplePayloads implements PayloadWriter {

    @Override
    public Map<String, @Nullable Object> payload(String id, Instant at, Alert alert) {
        var payload = new LinkedHashMap<String, @Nullable Object>();
        payload.put("id", id);
        payload.put("type", alert.rule().condition().type());
        payload.put("timestamp", at.toString());
        payload.put("data", data(alert, at));
        return payload;
    }

    private static Map<String, @Nullable Object> data(Alert alert, Instant at) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        if (alert instanceof Alert.Sample sample) {
            data.put("test", true);
            data.putAll(data(sample.of(), at));
        } else if (alert instanceof Alert.OfUsage usage) {
            data.put("subject", Map.of("key", usage.subject()));
            data.put("window", period(usage.window()));
            data.put("value", usage.value());
            data.put("threshold", threshold(usage.threshold()));
        } else if (alert instanceof Alert.OfInvoice of) {
            data.put("id", of.invoice().id());
            data.put("status", of.invoice().status(at).extendedName());
        } else if (alert instanceof Alert.OfEntitlement of) {
            data.put("entitlement", entitlement(of));
            data.put("feature", Map.of("key", of.feature().key()));
            data.put("subject", Map.of("key", of.subjectKey(), "hasEntry", of.subject() != null));
            data.put("customer", Map.of("id", of.customer().id()));
            data.put("value", value(of));
            if (of.threshold() != null) {
                data.put("threshold", threshold(of.threshold()));
            }
        }
        return data;
    }

    private static Map<String, Object> entitlement(Alert.OfEntitlement of) {
        return Map.of(
                "id",
                of.status().entitlement().id(),
                "currentUsagePeriod",
                period(Objects.requireNonNull(of.status().period())));
    }

    private static Map<String, Object> value(Alert.OfEntitlement of) {
        return Map.of(
                "hasAccess",
                of.status().hasAccess(),
                "balance",
                of.balance().remaining(),
                "usage",
                of.balance().usage(),
                "totalAvailableGrantAmount",
                of.balance().granted());
    }

    private static Map<String, Object> period(Window window) {
        return Map.of("from", window.start().toString(), "to", window.end().toString());
    }

    private static Map<String, Object> threshold(Threshold threshold) {
        return Map.of("type", threshold.type(), "value", threshold.value());
    }

    /** The value at a path in a notification's data. */
    public static Optional<String> in(Notification notification, String... path) {
        Object place = notification.payload().get("data");
        for (String name : path) {
            place = place instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return Optional.ofNullable(place).map(String::valueOf);
    }
}

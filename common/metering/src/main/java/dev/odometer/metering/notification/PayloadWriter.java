package dev.odometer.metering.notification;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders alerts as payloads for deliveries and the API. Safe for concurrent use. */
@FunctionalInterface
public interface PayloadWriter {

    /**
     * The payload as a tree of maps, lists, strings, numbers and booleans. It contains null only where responses of the
     * API do.
     *
     * @param id of the notification
     * @param at when the alert was raised
     */
    Map<String, @Nullable Object> payload(String id, Instant at, Alert alert);
}

package dev.odometer.metering.notification;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders alerts as the payload that channels deliver and the API shows. Safe for concurrent use. */
@FunctionalInterface
public interface PayloadWriter {

    /**
     * The payload as a tree of maps, lists, texts, numbers and truth values, without nulls.
     *
     * @param id of the notification
     * @param at when the alert was raised
     */
    Map<String, @Nullable Object> payload(String id, Instant at, Alert alert);
}

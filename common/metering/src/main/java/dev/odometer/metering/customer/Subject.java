package dev.odometer.metering.customer;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import dev.odometer.metering.resource.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A display name and metadata for a subject of events. An event's subject needs no such entry.
 *
 * @param id a ULID
 * @param key the subject in events
 * @param metadata absent if never set
 * @param currentPeriodStart with {@code currentPeriodEnd}, the billing period that the subject was last reported in;
 *     stored and returned without effect
 * @param lifecycle never deleted: a removed entry is deleted physically
 */
public record Subject(
        String id,
        String key,
        @Nullable String displayName,
        @Nullable Map<String, String> metadata,
        @Nullable String stripeCustomerId,
        @Nullable Instant currentPeriodStart,
        @Nullable Instant currentPeriodEnd,
        Lifecycle lifecycle)
        implements Resource {

    private static final int MAX_KEY_LENGTH = 1024;
    private static final int MAX_NAME_LENGTH = 256;

    /** @throws Refusal when a field is invalid */
    public Subject {
        Customer.text("key", key, MAX_KEY_LENGTH);
        Customer.text("displayName", displayName, MAX_NAME_LENGTH);
        Customer.text("stripeCustomerId", stripeCustomerId, MAX_NAME_LENGTH);
        metadata = metadata == null ? null : Metadata.checked(metadata);
        if (stripeCustomerId != null && !stripeCustomerId.startsWith("cus_")) {
            throw Refusal.invalid("stripeCustomerId must start with cus_: " + Refusal.quote(stripeCustomerId));
        }
        currentPeriodStart = time("currentPeriodStart", currentPeriodStart);
        currentPeriodEnd = time("currentPeriodEnd", currentPeriodEnd);
        if (currentPeriodStart != null && currentPeriodEnd != null && currentPeriodEnd.isBefore(currentPeriodStart)) {
            throw Refusal.invalid("currentPeriodEnd must not be before currentPeriodStart: " + currentPeriodEnd + " < "
                    + currentPeriodStart);
        }
    }

    private static @Nullable Instant time(String field, @Nullable Instant time) {
        return time == null ? null : Timestamp.checked(field, time);
    }
}

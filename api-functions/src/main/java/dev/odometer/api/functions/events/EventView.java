package dev.odometer.api.functions.events;

import dev.odometer.metering.usage.UsageEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in the lists.
 *
 * @param customerId the customer that its usage is attributed to now
 * @param storedAt equals {@code ingestedAt}, because an event is accepted when it is stored
 * @param validationError why it is not counted or attributed by the current meters and customers; one reason per line
 */
public record EventView(
        UsageEvent event,
        @Nullable String customerId,
        Instant ingestedAt,
        Instant storedAt,
        @Nullable String validationError) {}

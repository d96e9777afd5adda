package dev.odometer.api.functions.events;

import dev.odometer.metering.usage.UsageEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as the lists show it.
 *
 * @param customerId whose usage it is, as customers are now
 * @param storedAt the same as {@code ingestedAt}, since an event is accepted when it is stored
 * @param validationError why it is not counted or attributed, as meters and customers are now; a line for each reason
 */
public record EventView(
        UsageEvent event,
        @Nullable String customerId,
        Instant ingestedAt,
        Instant storedAt,
        @Nullable String validationError) {}

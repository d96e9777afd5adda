package dev.odometer.metering.notification;

import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import dev.odometer.metering.resource.Text;
import java.util.Map;

/**
 * A notification channel: a destination to which notifications are delivered.
 *
 * @param id a ULID
 * @param disabled whether deliveries are paused
 */
public record Channel(
        String id, String name, boolean disabled, Target target, Map<String, String> metadata, Lifecycle lifecycle)
        implements Resource {

    private static final int MAX_NAME_LENGTH = 256;

    /** @throws dev.odometer.functions.refusal.Refusal when a field is invalid */
    public Channel {
        Text.checked("name", name, MAX_NAME_LENGTH);
        metadata = Metadata.checked(metadata);
    }
}

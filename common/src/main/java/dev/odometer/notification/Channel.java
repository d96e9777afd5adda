package dev.odometer.notification;

import dev.odometer.resource.Lifecycle;
import dev.odometer.resource.Metadata;
import dev.odometer.resource.Resource;
import dev.odometer.resource.Text;
import java.util.Map;

/**
 * A way to somebody who wants to be told.
 *
 * @param id a ULID
 * @param disabled whether deliveries wait
 */
public record Channel(
        String id, String name, boolean disabled, Target target, Map<String, String> metadata, Lifecycle lifecycle)
        implements Resource {

    private static final int LONGEST_NAME = 256;

    /** @throws dev.odometer.refusal.Refusal when a field breaks a rule */
    public Channel {
        Text.checked("name", name, LONGEST_NAME);
        metadata = Metadata.checked(metadata);
    }
}

package dev.odometer.notification;

import dev.odometer.refusal.Refusal;
import dev.odometer.resource.Lifecycle;
import dev.odometer.resource.Metadata;
import dev.odometer.resource.Resource;
import dev.odometer.resource.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Who is told about what.
 *
 * @param id a ULID
 * @param disabled whether it notices nothing for now
 * @param channels the ids of 1 to 5 channels
 */
public record Rule(
        String id,
        String name,
        boolean disabled,
        Watch watch,
        List<String> channels,
        Map<String, String> metadata,
        Lifecycle lifecycle)
        implements Resource {

    private static final int LONGEST_NAME = 256;
    private static final int MOST_CHANNELS = 5;

    /** @throws Refusal when a field breaks a rule */
    public Rule {
        Text.checked("name", name, LONGEST_NAME);
        metadata = Metadata.checked(metadata);
        channels = List.copyOf(new LinkedHashSet<>(channels));
        if (channels.isEmpty() || channels.size() > MOST_CHANNELS) {
            throw Refusal.invalid("channels must have 1 to " + MOST_CHANNELS + " ids");
        }
    }
}

package dev.odometer.metering.notification;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import dev.odometer.metering.resource.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A condition on usage, balances or invoices, with the channels that are notified when it is met.
 *
 * @param id a ULID
 * @param disabled whether it is not evaluated
 * @param condition the condition
 * @param channels the ids of 1 to 5 channels
 */
public record Rule(
        String id,
        String name,
        boolean disabled,
        RuleCondition condition,
        List<String> channels,
        Map<String, String> metadata,
        Lifecycle lifecycle)
        implements Resource {

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_CHANNELS = 5;

    /** @throws Refusal when a field is invalid */
    public Rule {
        Text.checked("name", name, MAX_NAME_LENGTH);
        metadata = Metadata.checked(metadata);
        channels = List.copyOf(new LinkedHashSet<>(channels));
        if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
            throw Refusal.invalid("channels must have 1 to " + MAX_CHANNELS + " ids");
        }
    }
}

package dev.odometer.metering.customer;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A name that events carry, with words about it. Events need no such entry.
 *
 * @param id a ULID
 * @param key what events say
 * @param metadata absent when none was ever given
 * @param lifecycle never deleted: a removed entry is gone
 */
public record Subject(
        String id,
        String key,
        @Nullable String displayName,
        @Nullable Map<String, String> metadata,
        @Nullable String stripeCustomerId,
        Lifecycle lifecycle)
        implements Resource {

    private static final int MAX_KEY_LENGTH = 1024;
    private static final int MAX_NAME_LENGTH = 256;

    /** @throws Refusal when a field breaks a rule */
    public Subject {
        Customer.text("key", key, MAX_KEY_LENGTH);
        Customer.text("displayName", displayName, MAX_NAME_LENGTH);
        Customer.text("stripeCustomerId", stripeCustomerId, MAX_NAME_LENGTH);
        metadata = metadata == null ? null : Metadata.checked(metadata);
        if (stripeCustomerId != null && !stripeCustomerId.startsWith("cus_")) {
            throw Refusal.invalid("stripeCustomerId must start with cus_: " + Refusal.quote(stripeCustomerId));
        }
    }
}

package dev.odometer.customer;

import dev.odometer.refusal.Refusal;
import dev.odometer.resource.Lifecycle;
import dev.odometer.resource.Metadata;
import dev.odometer.resource.Resource;
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

    private static final int LONGEST_KEY = 1024;
    private static final int LONGEST_NAME = 256;

    /** @throws Refusal when a field breaks a rule */
    public Subject {
        Customer.text("key", key, LONGEST_KEY);
        Customer.text("displayName", displayName, LONGEST_NAME);
        Customer.text("stripeCustomerId", stripeCustomerId, LONGEST_NAME);
        metadata = metadata == null ? null : Metadata.checked(metadata);
        if (stripeCustomerId != null && !stripeCustomerId.startsWith("cus_")) {
            throw Refusal.invalid("stripeCustomerId must start with cus_: " + Refusal.quote(stripeCustomerId));
        }
    }
}

package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import java.time.Instant;
import java.util.Map;

/**
 * A customer's access to a feature. A customer has at most one live entitlement per feature key.
 *
 * @param id a ULID
 * @param featureKey the feature's key, also after the feature is archived
 */
public record Entitlement(
        String id,
        String customerId,
        String featureId,
        String featureKey,
        Terms terms,
        Map<String, String> metadata,
        Lifecycle lifecycle)
        implements Resource {

    public Entitlement {
        metadata = Metadata.checked(metadata);
    }

    public Entitlement deleted(Instant at) {
        return new Entitlement(id, customerId, featureId, featureKey, terms, metadata, lifecycle.deleted(at));
    }

    /** The refusal of a second live entitlement to a feature, with the id of the first. */
    public static Refusal exists(String featureKey, String id) {
        return Refusal.conflict("customer already has an entitlement to the feature: " + featureKey, id);
    }

    /** @throws Refusal INVALID when the successor belongs to another customer or feature */
    public void checkSuccessor(Entitlement successor) {
        if (!successor.customerId.equals(customerId)) {
            throw Refusal.invalid("an entitlement cannot be overridden for another customer: " + successor.customerId);
        }
        if (!successor.featureKey.equals(featureKey)) {
            throw Refusal.invalid("an entitlement to " + featureKey + " cannot be overridden with one to another"
                    + " feature: " + successor.featureKey);
        }
    }

    /** @throws Refusal CONFLICT when the entitlement is not metered */
    public Terms.Metered metered() {
        if (terms instanceof Terms.Metered metered) {
            return metered;
        }
        throw Refusal.conflict("the entitlement is not metered: " + id);
    }
}

package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A customer's access to a feature. At any time, a customer has at most one active entitlement per feature key.
 *
 * @param id a ULID
 * @param featureKey the feature's key, also after the feature is archived
 * @param managed of the subscription that gives it; absent for one that was created by request
 */
public record Entitlement(
        String id,
        String customerId,
        String featureId,
        String featureKey,
        Terms terms,
        Map<String, String> metadata,
        @Nullable Managed managed,
        Lifecycle lifecycle)
        implements Resource {

    /**
     * The subscription that manages the entitlement, and when the entitlement is active. Only the subscription changes
     * it.
     *
     * @param activeTo absent if it does not end; not after {@code activeFrom} if it is never active
     */
    public record Managed(
            String subscriptionId,
            Instant activeFrom,
            @Nullable Instant activeTo) {

        private boolean isActive(Instant at) {
            return !at.isBefore(activeFrom) && (activeTo == null || at.isBefore(activeTo));
        }
    }

    public Entitlement {
        metadata = Metadata.checked(metadata);
    }

    /** An entitlement that no subscription manages. */
    public Entitlement(
            String id,
            String customerId,
            String featureId,
            String featureKey,
            Terms terms,
            Map<String, String> metadata,
            Lifecycle lifecycle) {
        this(id, customerId, featureId, featureKey, terms, metadata, null, lifecycle);
    }

    public Entitlement deleted(Instant at) {
        return new Entitlement(id, customerId, featureId, featureKey, terms, metadata, managed, lifecycle.deleted(at));
    }

    /** Whether it gives access at the time. One that no subscription manages is active until it is deleted. */
    public boolean isActive(Instant at) {
        return !isDeleted() && (managed == null || managed.isActive(at));
    }

    /** When it starts to give access. */
    public Instant activeFrom() {
        return managed == null ? createdAt() : managed.activeFrom;
    }

    /** When it stops giving access; absent if that is not known. */
    public @Nullable Instant activeTo() {
        Instant end = managed == null ? null : managed.activeTo;
        Instant deletion = deletedAt();
        return end == null || (deletion != null && deletion.isBefore(end)) ? deletion : end;
    }

    /** Whether both give one customer access to one feature at one time, now or later. */
    public boolean conflictsWith(Entitlement other) {
        return !id.equals(other.id)
                && customerId.equals(other.customerId)
                && featureKey.equals(other.featureKey)
                && !isDeleted()
                && !other.isDeleted()
                && isEverActive()
                && other.isEverActive()
                && endsAfter(other.activeFrom())
                && other.endsAfter(activeFrom());
    }

    private boolean isEverActive() {
        return endsAfter(activeFrom());
    }

    private boolean endsAfter(Instant time) {
        Instant end = activeTo();
        return end == null || end.isAfter(time);
    }

    /** @throws Refusal FORBIDDEN when a subscription manages it */
    public void checkUnmanaged() {
        if (managed != null) {
            throw Refusal.forbidden("the entitlement is managed by subscription " + managed.subscriptionId + ": " + id);
        }
    }

    /** The refusal of a second live entitlement to a feature, with the id of the first. */
    public static Refusal exists(String featureKey, String id) {
        return Refusal.conflict("customer already has an entitlement to the feature: " + featureKey, id);
    }

    /**
     * @throws Refusal INVALID when the successor belongs to another customer or feature; FORBIDDEN when a subscription
     *     manages this one
     */
    public void checkSuccessor(Entitlement successor) {
        checkUnmanaged();
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

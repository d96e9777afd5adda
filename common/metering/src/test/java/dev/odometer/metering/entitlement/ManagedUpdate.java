package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.Lifecycle;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A change of the entitlements of subscriptions in memory.
 *
 * @param given all that the subscriptions give, by their ids; others of theirs are deleted
 */
record ManagedUpdate(Map<String, List<Entitlement>> given, Instant at) {

    Map<String, Entitlement> appliedTo(Map<String, Entitlement> byId) {
        var after = new LinkedHashMap<>(byId);
        after.replaceAll((id, old) -> isReplaced(old) ? old.deleted(at) : old);
        given.values().stream().flatMap(List::stream).forEach(one -> {
            Entitlement old = byId.get(one.id());
            after.put(one.id(), old == null ? one : updated(old, one));
        });
        return after;
    }

    private boolean isReplaced(Entitlement old) {
        return old.managed() != null && given.containsKey(old.managed().subscriptionId()) && !old.isDeleted();
    }

    private static Entitlement updated(Entitlement old, Entitlement one) {
        boolean isSame = old.terms().equals(one.terms())
                && Objects.equals(old.managed(), one.managed())
                && Objects.equals(old.deletedAt(), one.deletedAt());
        return isSame
                ? old
                : new Entitlement(
                        one.id(),
                        one.customerId(),
                        one.featureId(),
                        one.featureKey(),
                        one.terms(),
                        one.metadata(),
                        one.managed(),
                        new Lifecycle(old.createdAt(), one.updatedAt(), one.deletedAt()));
    }
}

package dev.odometer.metering.notification;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reads that the evaluation of rules needs from a store, inside the transaction that counts usage. Each method
 * reads for all of its arguments at once, sees the writes of the transaction, and is called at most a constant number
 * of times per batch.
 */
public interface RuleFacts {

    /**
     * The usage of the meter by the subject in the window, for each request in order; 0 where nothing was counted.
     * Transactions that read the same meter and subject are serialized until they commit. Otherwise two of them could
     * cross a threshold only together, and neither would see it.
     */
    List<BigDecimal> usage(List<UsageRequest> requests);

    /** A query for the usage of one meter by one subject in one window. */
    record UsageRequest(String meterId, String subject, Window window) {}

    /**
     * The live metered entitlements that the usage belongs to, by id, each with its part of the usage. Transactions
     * that read the same entitlement are serialized until they commit, for the same reason.
     *
     * @param features ids; empty for all
     */
    Map<String, Set<MeterSubject>> entitlements(Set<MeterSubject> used, Set<String> features);

    /** A pair of meter and subject with usage. */
    record MeterSubject(String meterId, String subject) {}

    /**
     * The status of metered entitlements, with balance.
     *
     * @param times the time of each status by entitlement id
     */
    List<EntitlementStatus> balances(Map<String, Instant> times);

    /** The subset of keys for which an alert was raised before. */
    Set<AlertKey> raised(Set<AlertKey> keys);

    /** The context of alerts by entitlement id. */
    Map<String, Context> contexts(Collection<Entitlement> entitlements);

    /**
     * The resources in an alert's payload, in addition to the entitlement.
     *
     * @param subject the entry of {@link Alert.OfEntitlement#subjectKey}, if it exists
     */
    record Context(
            Feature feature, Customer customer, @Nullable Subject subject) {}
}

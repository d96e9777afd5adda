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
 * What the evaluation of rules asks of a store, inside the transaction that counts usage. Each method answers for all of
 * its arguments at once, sees what the transaction has written, and is called at most a constant number of times for a
 * batch.
 */
public interface RuleFacts {

    /**
     * The meter's usage by the subject in the window, for each question in order; 0 where nothing was counted.
     * Transactions that ask about the same meter and subject take turns until they commit, so that of two that cross a
     * threshold only together, the second one sees it.
     */
    List<BigDecimal> usage(List<Question> questions);

    /** A question about plain usage. */
    record Question(String meterId, String subject, Window window) {}

    /**
     * The live metered entitlements that usage belongs to, by id, each with the usage that belongs to it. Transactions
     * that name the same entitlement take turns until they commit.
     *
     * @param features ids; empty for all
     */
    Map<String, Set<Use>> entitlements(Set<Use> used, Set<String> features);

    /** Usage of a meter by a subject. */
    record Use(String meterId, String subject) {}

    /** The balances of metered entitlements, each at its time. */
    List<EntitlementStatus> balances(Map<String, Instant> times);

    /** Those of the keys under which an alert was raised before. */
    Set<AlertKey> raised(Set<AlertKey> keys);

    /** What alerts show besides, by the entitlement's id. */
    Map<String, Context> contexts(Collection<Entitlement> entitlements);

    /**
     * What an alert shows beside the entitlement.
     *
     * @param subject the entry of {@link Alert.OfEntitlement#subjectKey}, where there is one
     */
    record Context(
            Feature feature, Customer customer, @Nullable Subject subject) {}
}

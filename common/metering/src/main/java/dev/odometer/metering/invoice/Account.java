package dev.odometer.metering.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.subscription.Subscription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data that determine what a customer is billed, except usage.
 *
 * @param tax the rate of the customer's override, or else of the profile
 * @param subscriptions including those that have ended
 * @param billed the lines that count as billed, in the order of their revisions
 * @param manual items that were added by hand and are not billed yet
 * @param earlier by key: the lines of items that are not in {@code billed}
 * @param meters by id of feature; a feature whose meter is deleted is absent
 */
public record Account(
        Customer customer,
        BillingProfile profile,
        TaxRate tax,
        List<Subscription> subscriptions,
        List<Billed> billed,
        List<BillableItem> manual,
        Map<String, Earlier> earlier,
        Map<String, Metered> meters) {

    public Account {
        subscriptions = List.copyOf(subscriptions);
        billed = List.copyOf(billed);
        manual = List.copyOf(manual);
        earlier = Map.copyOf(earlier);
        meters = Map.copyOf(meters);
    }

    /** Whether the item was billed so long ago that it is no longer corrected. */
    boolean isClosed(String key) {
        Earlier lines = earlier.get(key);
        return lines != null && lines.isBilled;
    }

    /** The revision of the next line. Revisions of voided lines are not used again. */
    int nextRevision(String key) {
        Earlier lines = earlier.get(key);
        return billed.stream()
                .map(one -> one.line().stored())
                .filter(line -> line.key().equals(key))
                .mapToInt(line -> line.revision() + 1)
                .reduce(lines == null ? 0 : lines.revisions, Math::max);
    }

    /**
     * Lines of an item that are too old to be corrected, or that no longer count as billed.
     *
     * @param revisions one more than their last revision
     * @param isBilled whether at least one of them counts as billed
     */
    public record Earlier(int revisions, boolean isBilled) {}

    /** The usage that a feature is priced by. */
    public record Metered(Measure measure, Aggregation aggregation) {}

    /**
     * A line that counts as billed.
     *
     * @param number of its invoice; absent while it is a draft
     * @param isCollected false while the usage of a draft will be read again
     * @param line deleted if its invoice is deleted or voided: the item counts as billed, but is not charged
     */
    public record Billed(String invoiceId, @Nullable String number, boolean isCollected, InvoiceLine line) {}
}

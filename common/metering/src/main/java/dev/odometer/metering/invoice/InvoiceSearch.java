package dev.odometer.metering.invoice;

import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filters and order of a list of invoices. An empty filter matches all.
 *
 * @param customerIds ids
 * @param statuses at the time {@code now}
 * @param issued when they were issued
 * @param periodStart when their period starts
 * @param created when they were created
 */
public record InvoiceSearch(
        Set<String> customerIds,
        Set<InvoiceStatus> statuses,
        Between issued,
        Between periodStart,
        Between created,
        boolean includeDeleted,
        Instant now,
        Order order,
        boolean descending,
        PageRequest page) {

    public InvoiceSearch {
        customerIds = Set.copyOf(customerIds);
        statuses = Set.copyOf(statuses);
    }

    /** Both bounds are inclusive; an absent one does not restrict. */
    public record Between(@Nullable Instant from, @Nullable Instant to) {

        public static final Between ANY = new Between(null, null);
    }

    /** The attribute that orders the list. */
    public enum Order {
        CUSTOMER_NAME,
        ISSUED_AT,
        STATUS,
        CREATED_AT,
        UPDATED_AT,
        PERIOD_START
    }
}

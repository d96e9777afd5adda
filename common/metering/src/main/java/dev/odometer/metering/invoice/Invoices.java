package dev.odometer.metering.invoice;

import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The store of invoices and of pending items. Each item is billed once, even under concurrent calls: calls for one
 * customer are serialized by a lock, and each reads the billed lines after it has the lock. The open items of a deleted
 * customer are still billed. All methods are idempotent except {@link #add}.
 */
public interface Invoices {

    /**
     * Stores the drafts that are due, see {@link Settlement}.
     *
     * @return the new drafts; empty when nothing is due
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when a customer does not exist
     */
    List<Invoice> settle(Collection<String> customerIds, Settlement.Request request);

    /** As {@link #settle}, but stores nothing. */
    List<Invoice> preview(String customerId, Settlement.Request request);

    /**
     * Settles the customers for whom something may be due, at most {@code limit} of them.
     *
     * @return the number of customers; 0 when none is left
     */
    int settleDue(Settlement.Request request, int limit);

    /**
     * Collects the usage of drafts whose collection time has passed, at most {@code limit} of them.
     *
     * @return the number of drafts; 0 when none is left
     */
    int collectDue(Settlement.Request request, int limit);

    /**
     * Issues drafts that are ready, at most {@code limit} of them. The numbers of a billing profile have no gaps.
     *
     * @return the number of invoices; 0 when none is left
     */
    int issueDue(Instant now, int limit);

    /**
     * Collects the usage of a draft now.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such invoice; INVALID when its usage is
     *     collected
     */
    Invoice collect(String id, Settlement.Request request);

    /**
     * Approves a draft and issues it.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such invoice; INVALID when it cannot be
     *     approved
     */
    Invoice approve(String id, Instant now);

    /**
     * Changes an invoice. The lines of an issued invoice must not change.
     *
     * @param change from what is stored; may be called more than once
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such invoice; and any refusal of the
     *     change
     */
    Invoice change(String id, UnaryOperator<Invoice> change);

    /**
     * Voids an issued invoice.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such invoice; INVALID when it is not
     *     issued
     */
    Invoice annul(String id, Annulment how, Instant now);

    /** A page of invoices, with the total count. */
    Page<Invoice> list(InvoiceSearch search);

    /** Finds by id, including deleted ones. */
    Optional<Invoice> find(String id);

    /**
     * Adds items by hand. They are billed when they are due.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when the customer does not exist; PRECONDITION_FAILED
     *     when it is deleted; CONFLICT when an id is used already
     */
    Gathering add(String customerId, List<BillableItem> items, Instant now);

    /** The pending items of a customer, by currency. */
    List<Gathering> gathering(String customerId);

    /** Finds pending items by the id of the gathering invoice; empty when there are none. */
    Optional<Gathering> findGathering(String id);

    /**
     * Items that were added by hand and are not billed.
     *
     * @param id a ULID that the customer and currency keep
     * @param createdAt when the first item was added
     * @param isNew whether there was none before
     */
    record Gathering(
            String id,
            String customerId,
            Currency currency,
            List<BillableItem> items,
            Instant createdAt,
            boolean isNew) {

        public Gathering {
            items = List.copyOf(items);
        }

        /** The same, with whether there was none before. */
        public Gathering as(boolean isFirst) {
            return new Gathering(id, customerId, currency, items, createdAt, isFirst);
        }
    }

    /** The refusal when nothing is due, with the code {@code invoice_create_no_lines}. */
    static dev.odometer.functions.refusal.Refusal nothingDue(@Nullable String detail) {
        return BillingProfile.refusal(
                "invoice_create_no_lines", detail == null ? "nothing is due for the customer" : detail);
    }
}

package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceSearch;
import dev.odometer.metering.invoice.InvoiceStatus;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lists invoices. The conditions for a status match {@link Invoice#status}. */
record InvoiceListing(Database database, InvoiceSearch search, Conditions conditions) {

    static Page<Invoice> of(Database database, InvoiceSearch search) {
        return new InvoiceListing(database, search, new Conditions()).page();
    }

    private Page<Invoice> page() {
        if (!search.includeDeleted()) {
            conditions.add("deleted_at is null");
        }
        conditions.any(List.copyOf(search.customerIds()), "customer_id");
        String now = conditions.parameter(Micros.of(search.now()));
        if (!search.statuses().isEmpty()) {
            conditions.add(search.statuses().stream()
                    .map(status -> condition(status, now))
                    .collect(Collectors.joining(" or ", "(", ")")));
        }
        between("issued_at", search.issued());
        between("period_from", search.periodStart());
        between("created_at", search.created());
        String direction = search.descending() ? " desc" : "";
        var rows = new Rows<>("*", "invoice", column(now) + direction + ", id" + direction, StoredInvoice::of);
        return database.read(() -> rows.page(database, conditions, search.page())
                .mapAll(heads -> StoredInvoice.complete(database, heads)));
    }

    private void between(String column, InvoiceSearch.Between range) {
        if (range.from() != null) {
            // Stored times have whole microseconds.
            conditions.add(column + " >= "
                    + conditions.parameter(Micros.of(range.from().plusNanos(999))));
        }
        if (range.to() != null) {
            conditions.add(column + " <= " + conditions.parameter(Micros.of(range.to())));
        }
    }

    private String column(String now) {
        return switch (search.order()) {
            case CUSTOMER_NAME -> "customer_name";
            case ISSUED_AT -> "issued_at";
            case STATUS -> rank(now);
            case CREATED_AT -> "created_at";
            case UPDATED_AT -> "updated_at";
            case PERIOD_START -> "period_from";
        };
    }

    /** The position of the status among all. */
    private static String rank(String now) {
        InvoiceStatus[] all = InvoiceStatus.values();
        return IntStream.range(0, all.length)
                .mapToObj(i -> " when " + condition(all[i], now) + " then " + i)
                .collect(Collectors.joining("", "case", " end"));
    }

    private static String condition(InvoiceStatus status, String now) {
        return switch (status) {
            // Gathering invoices are not rows of the table.
            case GATHERING, DRAFT_CREATED -> "false";
            case DRAFT_WAITING_FOR_COLLECTION -> draft("collected_at is null and collection_at > " + now);
            case DRAFT_COLLECTING -> draft("collected_at is null and collection_at <= " + now);
            case DRAFT_MANUAL_APPROVAL_NEEDED ->
                draft("collected_at is not null and approved_at is null and not auto_advance");
            case DRAFT_WAITING_AUTO_APPROVAL ->
                draft("collected_at is not null and approved_at is null and auto_advance and draft_until > " + now);
            case DRAFT_READY_TO_ISSUE -> readyToIssue(now);
            case DELETED -> "deleted_at is not null";
            case ISSUED -> issued("payment is null and (total <= 0 or due_at >= " + now + ")");
            case PAYMENT_FAILED -> issued("payment = 'payment_failed'");
            case PAYMENT_ACTION_REQUIRED -> issued("payment = 'action_required'");
            case PAID -> issued("payment = 'paid'");
            case OVERDUE ->
                issued("(payment = 'payment_overdue' or (payment is null and total > 0 and due_at < " + now + "))");
            case UNCOLLECTIBLE -> issued("payment = 'payment_uncollectible'");
            case VOIDED -> "(deleted_at is null and voided_at is not null)";
        };
    }

    /** The condition of a draft that can be issued. */
    static String readyToIssue(String now) {
        return draft("collected_at is not null and (approved_at is not null or (auto_advance and draft_until <= " + now
                + "))");
    }

    private static String draft(String condition) {
        return "(deleted_at is null and issued_at is null and " + condition + ")";
    }

    private static String issued(String condition) {
        return "(deleted_at is null and issued_at is not null and voided_at is null and " + condition + ")";
    }
}

package dev.odometer.metering.invoice;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Filters and sorts invoices in memory. */
final class InvoiceOrder {

    private InvoiceOrder() {}

    static List<Invoice> of(InvoiceSearch search, Collection<Invoice> all) {
        Comparator<Invoice> order = order(search).thenComparing(Invoice::id);
        return all.stream()
                .filter(one -> search.customerIds().isEmpty()
                        || search.customerIds()
                                .contains(one.parties().customer().id()))
                .filter(one -> search.includeDeleted() || one.times().deletedAt() == null)
                .filter(one -> search.statuses().isEmpty() || search.statuses().contains(one.status(search.now())))
                .filter(one -> isBetween(search.issued(), one.times().issuedAt()))
                .filter(one -> isBetween(search.periodStart(), one.period().start()))
                .filter(one -> isBetween(search.created(), one.times().createdAt()))
                .sorted(search.descending() ? order.reversed() : order)
                .toList();
    }

    private static Comparator<Invoice> order(InvoiceSearch search) {
        Comparator<Instant> nullsLast = Comparator.nullsLast(Comparator.naturalOrder());
        return switch (search.order()) {
            case CUSTOMER_NAME ->
                Comparator.comparing(one -> one.parties().customer().name());
            case ISSUED_AT -> Comparator.comparing(one -> one.times().issuedAt(), nullsLast);
            case STATUS -> Comparator.comparing(one -> one.status(search.now()));
            case CREATED_AT -> Comparator.comparing(one -> one.times().createdAt());
            case UPDATED_AT -> Comparator.comparing(one -> one.times().updatedAt());
            case PERIOD_START -> Comparator.comparing(one -> one.period().start());
        };
    }

    private static boolean isBetween(InvoiceSearch.Between range, @Nullable Instant time) {
        if (range.from() == null && range.to() == null) {
            return true;
        }
        return time != null
                && (range.from() == null || !time.isBefore(range.from()))
                && (range.to() == null || !time.isAfter(range.to()));
    }
}

package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.profiles.CustomerProfiles;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.BillingSettings;
import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceTimes;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Invoices.Gathering;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.pricing.RatedLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Shows pending lines as a gathering invoice, with their usage so far. */
final class PendingLines {

    private final Invoices invoices;
    private final CustomerProfiles profiles;
    private final BillingSettings settings;
    private final Supplier<String> ids;

    PendingLines(Invoices invoices, CustomerProfiles profiles, BillingSettings settings, Supplier<String> ids) {
        this.invoices = invoices;
        this.profiles = profiles;
        this.settings = settings;
        this.ids = ids;
    }

    /** The gathering invoice; {@code gathering} has at least one item. */
    Invoice of(Gathering gathering, Customer customer, Instant now) {
        CustomerProfiles.Assigned assigned = profiles.of(customer.id());
        Map<String, RatedLine> due = due(gathering, now);
        return new Invoice(
                gathering.id(),
                Invoice.Kind.STANDARD,
                "GATHER-" + gathering.id(),
                gathering.currency(),
                new Invoice.Parties(assigned.profile().supplier(), customer),
                assigned.terms(),
                Invoice.Note.NONE,
                new InvoiceTimes(gathering.createdAt(), now, now, null, null, null, null, null),
                null,
                null,
                gathering.items().stream()
                        .map(item -> line(item, due.getOrDefault(item.key(), unknown(item))))
                        .toList());
    }

    /** What is owed now, by key; all usage is read at once. Items whose usage cannot be billed yet are absent. */
    private Map<String, RatedLine> due(Gathering gathering, Instant now) {
        if (gathering.items().stream().noneMatch(BillableItem::isByUsage)) {
            return Map.of();
        }
        Set<String> keys = gathering.items().stream().map(BillableItem::key).collect(Collectors.toSet());
        var due = new HashMap<String, RatedLine>();
        var request = new Settlement.Request(now, now, true, keys, settings.horizon());
        for (Invoice draft : invoices.preview(gathering.customerId(), request)) {
            draft.lines().forEach(line -> due.put(line.stored().key(), line.rated()));
        }
        return due;
    }

    private static RatedLine unknown(BillableItem item) {
        return item.isByUsage() ? item.owed(BigDecimal.ZERO, false) : item.owed(BigDecimal.ONE, true);
    }

    private InvoiceLine line(BillableItem item, RatedLine rated) {
        return new InvoiceLine(
                item.key(),
                item.wording(),
                item.item(),
                rated,
                rated.charges().stream()
                        .map(charge -> DetailedLine.of(charge, ids))
                        .toList(),
                rated.isUsageDiscounted() ? ids.get() : null,
                null);
    }
}

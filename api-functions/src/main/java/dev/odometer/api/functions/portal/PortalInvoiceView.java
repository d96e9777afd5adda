package dev.odometer.api.functions.portal;

import dev.odometer.views.InvoiceLineView;
import dev.odometer.views.InvoiceView;
import dev.odometer.views.PeriodView;
import dev.odometer.views.TotalsView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An issued invoice as its customer sees it: without metadata, workflow and payment provider.
 *
 * @param type standard or credit_note
 * @param lines only of a single invoice
 */
public record PortalInvoiceView(
        String id,
        String type,
        String number,
        String status,
        String currency,
        @Nullable Instant issuedAt,
        @Nullable Instant dueAt,
        @Nullable Instant voidedAt,
        PeriodView period,
        TotalsView totals,
        @Nullable List<Line> lines) {

    /** A line of an invoice. */
    public record Line(
            String name,
            @Nullable String description,
            @Nullable String featureKey,
            PeriodView period,
            String quantity,
            TotalsView totals) {

        private static Line of(InvoiceLineView line) {
            return new Line(
                    line.name(), line.description(), line.featureKey(), line.period(), line.quantity(), line.totals());
        }
    }

    static PortalInvoiceView of(InvoiceView invoice) {
        return new PortalInvoiceView(
                invoice.id(),
                invoice.type(),
                invoice.number(),
                invoice.status(),
                invoice.currency(),
                invoice.issuedAt(),
                invoice.dueAt(),
                invoice.voidedAt(),
                invoice.period(),
                invoice.totals(),
                invoice.lines() == null
                        ? null
                        : invoice.lines().stream().map(Line::of).toList());
    }
}

package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.events.EventView;
import dev.odometer.api.functions.input.Filters;
import dev.odometer.metering.invoice.Evidence;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.views.InvoiceLineView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The item that a line of an invoice bills, and its usage.
 *
 * @param key identifies the item that is billed; all lines with this key bill the same item
 * @param revision of the lines with this key, from 0
 * @param corrects the invoice that billed the item before; absent for the first line
 * @param usage absent for a fee
 */
public record LineProofView(
        String invoiceId,
        @Nullable String invoiceNumber,
        String key,
        int revision,
        InvoiceLineView.@Nullable Id corrects,
        InvoiceLineView line,
        @Nullable Usage usage) {

    /**
     * The usage query of a line, with its results at the time of billing and now. Quantities are strings of decimals,
     * and count from the start of the service period.
     *
     * @param filters conditions by group-by key of the meter
     * @param readAt when the billed quantity was read
     * @param difference {@code now} less {@code then}; the next settlement bills it within the horizon
     */
    public record Usage(
            String meterId,
            String meterSlug,
            @Nullable Map<String, Map<String, Object>> filters,
            List<String> subjects,
            Instant from,
            Instant to,
            Instant readAt,
            String then,
            String now,
            String difference,
            Events events) {

        static Usage of(Evidence evidence, BigDecimal now, Events events) {
            var filters = new TreeMap<String, Map<String, Object>>();
            evidence.measure().filters().forEach((key, filter) -> filters.put(key, Filters.DOLLAR.tree(filter)));
            return new Usage(
                    evidence.measure().meterId(),
                    evidence.measure().meterSlug(),
                    filters.isEmpty() ? null : filters,
                    evidence.subjects(),
                    evidence.range().start(),
                    evidence.range().end(),
                    evidence.readAt(),
                    text(evidence.quantity()),
                    text(now),
                    text(now.subtract(evidence.quantity())),
                    events);
        }

        private static String text(BigDecimal quantity) {
            return quantity.signum() == 0 ? "0" : quantity.stripTrailingZeros().toPlainString();
        }
    }

    /**
     * The events of the type and subjects of the query that were recorded after it ran first, by time, newest first.
     * The filters of the query do not restrict them.
     *
     * @param recordedSince a minute before, for events that were being recorded at the time
     * @param items at most 100
     * @param hasMore whether there are more
     * @param url the path of the list of all events of the type and subjects in the range
     */
    public record Events(Instant recordedSince, List<EventView> items, boolean hasMore, String url) {}

    static LineProofView of(Invoice invoice, InvoiceLine line, @Nullable Usage usage) {
        InvoiceLine.Origin origin = line.stored();
        return new LineProofView(
                invoice.id(),
                invoice.number(),
                origin.key(),
                origin.revision(),
                origin.corrects() == null ? null : new InvoiceLineView.Id(origin.corrects()),
                InvoiceLineView.of(line, invoice),
                usage);
    }
}

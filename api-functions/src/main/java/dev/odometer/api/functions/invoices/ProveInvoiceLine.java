package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.events.EventView;
import dev.odometer.api.functions.events.EventViews;
import dev.odometer.api.functions.input.Filters;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.invoice.Evidence;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.EventSearch;
import dev.odometer.metering.usage.RecordedEvent;
import dev.odometer.metering.usage.UsageLog;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Repeats the usage query of a line, and compares the result with the billed quantity. It also lists the events that
 * were recorded since.
 */
public final class ProveInvoiceLine implements Function<ProveInvoiceLine.Input, LineProofView> {

    private static final int MAX_EVENTS = 100;
    /** An event that was being recorded when the usage was read may have an earlier time. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final InvoiceAccess access;
    private final LineUsage usage;
    private final UsageLog log;
    private final EventViews events;
    private final Supplier<Documents> json;

    ProveInvoiceLine(InvoiceAccess access, LineUsage usage, UsageLog log, EventViews events, Supplier<Documents> json) {
        this.access = access;
        this.usage = usage;
        this.log = log;
        this.events = events;
        this.json = json;
    }

    /** The line; it may have been removed from its draft. */
    public record Input(String invoiceId, String lineId) {}

    @Override
    public LineProofView apply(Input input) {
        Invoice invoice = new InvoiceLookup(access.invoices()).stored(input.invoiceId, "invoice_action_not_available");
        InvoiceLine line = invoice.lines().stream()
                .filter(one -> one.id().equals(input.lineId))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("line not found: " + Refusal.quote(input.lineId)));
        Evidence evidence = line.stored().evidence();
        return LineProofView.of(invoice, line, evidence == null ? null : proof(evidence));
    }

    private LineProofView.Usage proof(Evidence evidence) {
        Meter meter = usage.meter(evidence.measure());
        BigDecimal now = usage.again(evidence);
        Instant since = evidence.readAt().minus(MARGIN);
        List<RecordedEvent> found = since(evidence, meter, since);
        boolean hasMore = found.size() > MAX_EVENTS;
        List<EventView> shown = events.of(hasMore ? found.subList(0, MAX_EVENTS) : found);
        return LineProofView.Usage.of(
                evidence, now, new LineProofView.Events(since, shown, hasMore, url(evidence, meter)));
    }

    private List<RecordedEvent> since(Evidence evidence, Meter meter, Instant since) {
        if (evidence.subjects().isEmpty()) {
            return List.of();
        }
        TimeFilter range = TimeFilter.joined(
                TimeFilter.Op.ALL,
                List.of(
                        TimeFilter.of(TimeFilter.Op.GTE, evidence.range().start()),
                        TimeFilter.of(TimeFilter.Op.LT, evidence.range().end())));
        return log.list(new EventSearch(
                null,
                null,
                TextFilter.of(TextFilter.Op.EQ, meter.eventType()),
                null,
                Set.copyOf(evidence.subjects()),
                range,
                TimeFilter.of(TimeFilter.Op.GTE, since),
                null,
                MAX_EVENTS + 1));
    }

    /** The path of the list of all events that the query may count. */
    private String url(Evidence evidence, Meter meter) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("type", Filters.DOLLAR.tree(TextFilter.of(TextFilter.Op.EQ, meter.eventType())));
        filter.put("subject", Filters.DOLLAR.tree(TextFilter.in(evidence.subjects())));
        filter.put(
                "time",
                Map.of(
                        "$and",
                        List.of(
                                Map.of("$gte", evidence.range().start().toString()),
                                Map.of("$lt", evidence.range().end().toString()))));
        String text = new String(json.get().write(filter), StandardCharsets.UTF_8);
        return "/api/v2/events?filter=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

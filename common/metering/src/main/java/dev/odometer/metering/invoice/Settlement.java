package dev.odometer.metering.invoice;

import dev.odometer.metering.invoice.Account.Billed;
import dev.odometer.metering.invoice.Account.Metered;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes the invoices of a customer that are due, in two steps: {@link #usage} names the usage that is needed, and
 * {@link #invoices} computes the invoices from it. So one query can read the usage for many customers.
 *
 * <p>There is one formula: a new line is what is owed for an item less what was billed for it. It covers the first
 * invoice of a period, a repeated call (nothing is left), usage that arrives after the invoice, and changes and
 * cancellations after it. Items that were billed and are no longer owed are credited. Only lines are stored, so the
 * sums do not depend on when a settlement runs.
 */
public final class Settlement {

    /** The values of a part of a period never exceed those of the whole, so a part can be billed before its end. */
    private static final Set<Aggregation> SPLITTABLE =
            EnumSet.of(Aggregation.SUM, Aggregation.COUNT, Aggregation.MAX, Aggregation.UNIQUE_COUNT);

    private final Account account;
    private final Request request;
    private final List<Candidate> candidates;

    private Settlement(Account account, Request request, List<Candidate> candidates) {
        this.account = account;
        this.request = request;
        this.candidates = candidates;
    }

    /**
     * What to bill.
     *
     * @param now the time of the call, at which usage is read
     * @param asOf not after {@code now}; items that are due then are billed
     * @param isProgressive whether usage is billed that belongs to a period that has not ended
     * @param keys the items to bill; empty for all
     * @param horizon corrections of items whose period ended earlier than this before {@code asOf} are not billed
     */
    public record Request(
            Instant now, Instant asOf, boolean isProgressive, Set<String> keys, CalendarDuration horizon) {}

    /** Usage that is needed. */
    public record Usage(Metered metered, List<String> subjects, Window range) {}

    /** An item that may have a new line. */
    private record Candidate(
            BillableItem item,
            boolean isOwed,
            List<Billed> billed,
            @Nullable Usage usage) {}

    /** The settlement of all items that are due. */
    public static Settlement of(Account account, Request request) {
        var settlement = new Settlement(account, request, new ArrayList<>());
        Map<String, BillableItem> items = settlement.ofSubscriptions();
        account.manual().forEach(item -> items.put(item.key(), item));
        Map<String, List<Billed>> billed = account.billed().stream()
                .collect(Collectors.groupingBy(
                        one -> one.line().stored().key(), LinkedHashMap::new, Collectors.toList()));
        items.forEach((key, item) -> settlement.add(item, true, billed.getOrDefault(key, List.of())));
        billed.forEach((key, lines) -> {
            if (!items.containsKey(key)) {
                settlement.add(settlement.item(lines.get(0).line()), isManual(lines), lines);
            }
        });
        return settlement;
    }

    private Map<String, BillableItem> ofSubscriptions() {
        var items = new LinkedHashMap<String, BillableItem>();
        Instant until = new DueTimes(account, request).until();
        for (Subscription subscription : account.subscriptions()) {
            BillableItem.of(subscription, account.profile().workflow().endProration(), until)
                    .forEach(item -> items.put(item.key(), item));
        }
        return items;
    }

    /** A line that was added by hand remains owed; an item that its subscription no longer has is not owed. */
    private static boolean isManual(List<Billed> lines) {
        return lines.get(0).line().stored().source() == null;
    }

    /** The settlement of the lines of a draft, with the usage until now. */
    public static Settlement ofDraft(Account account, Invoice draft, Request request) {
        var settlement = new Settlement(account, request, new ArrayList<>());
        Map<String, BillableItem> priced = settlement.ofSubscriptions();
        for (InvoiceLine line : draft.lines()) {
            String key = line.stored().key();
            List<Billed> others = account.billed().stream()
                    .filter(one -> one.line().stored().key().equals(key))
                    .filter(one -> !one.line().id().equals(line.id()))
                    .toList();
            BillableItem now = priced.get(key);
            BillableItem item =
                    now == null ? settlement.item(line) : settlement.item(line).pricedAs(now);
            settlement.candidates.add(new Candidate(
                    item, true, others, settlement.usage(item, List.of(new Billed("", null, true, line)))));
        }
        return settlement;
    }

    private BillableItem item(InvoiceLine line) {
        Evidence evidence = line.stored().evidence();
        String featureId = evidence == null
                ? null
                : account.meters().entrySet().stream()
                        .filter(entry -> entry.getValue().measure().equals(evidence.measure()))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
        return BillableItem.of(line, featureId);
    }

    private void add(BillableItem item, boolean isOwed, List<Billed> billed) {
        boolean isNew = billed.isEmpty();
        boolean isRequested = request.keys.isEmpty() || request.keys.contains(item.key());
        if (!isRequested || account.isClosed(item.key()) || !(isNew ? isDue(item) : isCorrectable(item, billed))) {
            return;
        }
        Usage usage = isOwed ? usage(item, billed) : null;
        if (isOwed && item.isByUsage() && usage == null) {
            // Without its meter the usage is unknown, and a quantity of 0 would credit what was billed.
            return;
        }
        candidates.add(new Candidate(item, isOwed, billed, usage));
    }

    private boolean isDue(BillableItem item) {
        Instant at = account.profile().workflow().invoiceAt(item.invoiceAt());
        return !at.isAfter(request.asOf) || isSplit(item);
    }

    private boolean isSplit(BillableItem item) {
        Metered metered = item.featureId() == null ? null : account.meters().get(item.featureId());
        return request.isProgressive
                && metered != null
                && SPLITTABLE.contains(metered.aggregation())
                && item.usageRange().start().isBefore(BillableItem.minute(request.asOf));
    }

    /** Within the horizon, and, if it is charged by usage, not in a draft that will read it again. */
    private boolean isCorrectable(BillableItem item, List<Billed> billed) {
        Instant end = item.item().period().end();
        boolean isOpen = end.isAfter(request.asOf);
        return (!item.isByUsage() || billed.stream().allMatch(Billed::isCollected))
                && !end.isBefore(request.horizon.before(request.asOf))
                && (!isOpen || !item.isByUsage() || isDue(item));
    }

    /** The usage from the start of the period; of subjects as they were attributed when it was first billed. */
    private @Nullable Usage usage(BillableItem item, List<Billed> billed) {
        Metered metered = item.featureId() == null ? null : account.meters().get(item.featureId());
        if (metered == null) {
            return null;
        }
        Window whole = item.usageRange();
        List<Evidence> before = billed.stream()
                .map(one -> one.line().stored().evidence())
                .flatMap(Stream::ofNullable)
                .toList();
        Instant until = before.stream()
                .map(evidence -> evidence.range().end())
                .reduce(BillableItem.minute(request.asOf), DueTimes::later);
        Window range = whole.end().isAfter(until) ? new Window(whole.start(), until) : whole;
        List<String> subjects = before.isEmpty()
                ? List.copyOf(account.customer().subjects())
                : before.get(0).subjects();
        return new Usage(metered, subjects, range);
    }

    /** The usage that {@link #invoices} needs, in order. */
    public List<Usage> usage() {
        return candidates.stream().flatMap(one -> Stream.ofNullable(one.usage)).toList();
    }

    /**
     * The new drafts, one for each currency with something to bill.
     *
     * @param totals the values of {@link #usage}, in order
     */
    public List<Invoice> invoices(List<BigDecimal> totals, Supplier<String> ids) {
        var byCurrency = new LinkedHashMap<String, List<InvoiceLine>>();
        for (InvoiceLine line : lines(totals, ids)) {
            byCurrency
                    .computeIfAbsent(line.rated().currency().getCurrencyCode(), code -> new ArrayList<>())
                    .add(line);
        }
        return byCurrency.values().stream().map(lines -> draft(lines, ids)).toList();
    }

    private List<InvoiceLine> lines(List<BigDecimal> totals, Supplier<String> ids) {
        var lines = new ArrayList<InvoiceLine>();
        int next = 0;
        for (Candidate one : candidates) {
            BigDecimal quantity = one.usage == null ? BigDecimal.ZERO : totals.get(next++);
            int revision = account.nextRevision(one.item.key());
            NewLine line = line(one, quantity);
            if (line.isCharged()) {
                lines.add(line.stored(revision, ids));
            }
        }
        lines.sort(
                Comparator.comparing((InvoiceLine line) -> line.item().period().start()));
        return lines;
    }

    private NewLine line(Candidate one, BigDecimal quantity) {
        return NewLine.of(one.item, one.billed, one.isOwed ? quantity : null, evidence(one, quantity), request);
    }

    private @Nullable Evidence evidence(Candidate one, BigDecimal quantity) {
        Usage usage = one.usage;
        return usage == null
                ? null
                : new Evidence(usage.metered.measure(), usage.subjects, usage.range, quantity, request.now);
    }

    /** The draft with its usage collected. */
    public Invoice collected(Invoice draft, List<BigDecimal> totals, Supplier<String> ids) {
        var lines = new ArrayList<InvoiceLine>();
        int next = 0;
        for (int i = 0; i < candidates.size(); i++) {
            Candidate one = candidates.get(i);
            InvoiceLine before = draft.lines().get(i);
            BigDecimal quantity = one.usage == null ? BigDecimal.ZERO : totals.get(next++);
            lines.add(one.usage == null ? before : line(one, quantity).replacing(before, ids));
        }
        return draft.with(lines, draft.times().collected(request.now));
    }

    private Invoice draft(List<InvoiceLine> lines, Supplier<String> ids) {
        BillingProfile profile = account.profile();
        Instant lastUsage = lines.stream()
                .filter(line -> line.stored().evidence() != null)
                .map(line -> line.item().invoiceAt().isBefore(request.asOf)
                        ? line.item().invoiceAt()
                        : request.asOf)
                .max(Comparator.naturalOrder())
                .orElse(null);
        Instant collectionAt = lastUsage == null
                ? request.now
                : profile.workflow().collectionInterval().after(lastUsage);
        var draft = new Invoice(
                ids.get(),
                Invoice.Kind.STANDARD,
                null,
                lines.get(0).rated().currency(),
                new Invoice.Parties(profile.supplier(), account.customer()),
                new Invoice.Terms(profile.id(), profile.workflow(), account.tax()),
                Invoice.Note.NONE,
                InvoiceTimes.created(request.now, collectionAt),
                null,
                null,
                lines);
        return draft.with(lines, draft.times());
    }

    /**
     * When the customer has to be settled next: when an item is due, or when a billing period ends, so that usage that
     * arrives late is billed.
     */
    public static Optional<Instant> nextDue(Account account, Request request) {
        return new DueTimes(account, request).next();
    }
}

package dev.odometer.metering.handoff;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.handoff.HandOff.ExternalIds;
import dev.odometer.metering.handoff.HandOff.State;
import dev.odometer.metering.handoff.HandOff.Task;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceSearch;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.resource.PageRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hand-offs in memory. Passes {@link HandOffsContract}. */
public final class InMemoryHandOffs implements HandOffs {

    private final Map<String, Row> byInvoice = new LinkedHashMap<>();
    private final Invoices invoices;
    private final Clock clock;

    public InMemoryHandOffs(Invoices invoices, Clock clock) {
        this.invoices = invoices;
        this.clock = clock;
    }

    /** @param readyAt when it can be taken: when it is due or, if it is leased, when the lease ends */
    private record Row(
            HandOff handOff,
            int takes,
            int keys,
            Instant since,
            @Nullable Instant readyAt,
            @Nullable String lease) {

        Row with(HandOff changed, @Nullable Instant at) {
            return new Row(changed, takes, keys, since, at, null);
        }

        Row withNewKeys() {
            return new Row(handOff, takes, keys + 1, since, readyAt, lease);
        }

        boolean isReady(Instant now) {
            return readyAt != null && !readyAt.isAfter(now);
        }
    }

    @Override
    public synchronized int register(Instant issuedFrom, Instant now) {
        int changes = 0;
        for (Invoice invoice : issued()) {
            Row row = byInvoice.get(invoice.id());
            boolean isVoid = invoice.times().voidedAt() != null;
            if (row == null
                    && !isVoid
                    && !Objects.requireNonNull(invoice.times().issuedAt()).isBefore(issuedFrom)) {
                byInvoice.put(invoice.id(), row(invoice.id(), now));
                changes++;
            }
            if (row != null && isVoid && row.handOff.task() == Task.HAND_OVER) {
                Instant ready = row.lease == null ? now : row.readyAt;
                byInvoice.put(invoice.id(), row.with(pending(row.handOff, Task.WITHDRAW, now), ready));
                changes++;
            }
        }
        return changes;
    }

    private List<Invoice> issued() {
        var all = new ArrayList<Invoice>();
        var any = InvoiceSearch.Between.ANY;
        for (int page = 1; ; page++) {
            var search = new InvoiceSearch(
                    Set.of(),
                    Set.of(),
                    new InvoiceSearch.Between(Instant.EPOCH, null),
                    any,
                    any,
                    false,
                    clock.instant(),
                    InvoiceSearch.Order.ISSUED_AT,
                    false,
                    PageRequest.of(page, PageRequest.MAX_SIZE));
            List<Invoice> found = invoices.list(search).items();
            all.addAll(found);
            if (found.size() < PageRequest.MAX_SIZE) {
                return all;
            }
        }
    }

    private static Row row(String id, Instant now) {
        var handOff = new HandOff(id, Task.HAND_OVER, State.PENDING, null, 0, now, ExternalIds.NONE);
        return new Row(handOff, 0, 0, now, now, null);
    }

    private static HandOff pending(HandOff before, Task task, Instant now) {
        return new HandOff(before.invoiceId(), task, State.PENDING, null, 0, now, before.externalIds());
    }

    @Override
    public synchronized List<Due> take(Instant now, Duration lease, int limit) {
        return List.copyOf(byInvoice.values()).stream()
                .filter(row -> row.isReady(now))
                .sorted(Comparator.comparing((Row row) -> Objects.requireNonNull(row.readyAt))
                        .thenComparing(row -> row.handOff.invoiceId()))
                .limit(limit)
                .map(row -> taken(row, now.plus(lease)))
                .toList();
    }

    private Due taken(Row row, Instant until) {
        String lease = UUID.randomUUID().toString();
        var taken = new Row(row.handOff, row.takes + 1, row.keys, row.since, until, lease);
        byInvoice.put(row.handOff.invoiceId(), taken);
        return new Due(row.handOff, taken.takes, taken.keys, taken.since, lease);
    }

    private Optional<Row> leased(Due due) {
        return Optional.ofNullable(byInvoice.get(due.handOff().invoiceId()))
                .filter(row -> due.lease().equals(row.lease));
    }

    @Override
    public synchronized void created(Due due, String externalInvoiceId) {
        leased(due).ifPresent(row -> {
            HandOff now = row.handOff;
            var ids = new ExternalIds(externalInvoiceId, Map.of());
            var changed = new HandOff(
                    now.invoiceId(), now.task(), now.state(), now.reason(), now.attempts(), now.nextAttempt(), ids);
            byInvoice.put(now.invoiceId(), new Row(changed, row.takes, row.keys, row.since, row.readyAt, row.lease));
        });
    }

    @Override
    public synchronized void settle(Due due, Next next) {
        leased(due).ifPresent(row -> {
            HandOff before = row.handOff;
            var settled = new HandOff(
                    before.invoiceId(),
                    before.task(),
                    next.state(),
                    next.reason(),
                    before.attempts() + (next.isFailure() ? 1 : 0),
                    next.at(),
                    Objects.requireNonNullElse(next.externalIds(), before.externalIds()));
            Row changed = row.with(settled, next.at());
            byInvoice.put(before.invoiceId(), next.needsNewKeys() ? changed.withNewKeys() : changed);
        });
    }

    @Override
    public synchronized HandOff restart(String invoiceId, Instant now) {
        Row row = byInvoice.get(invoiceId);
        if (row == null) {
            throw Refusal.notFound("the invoice is not registered for a hand-off: " + Refusal.quote(invoiceId));
        }
        if (row.handOff.canRestart() && row.lease == null) {
            Row restarted =
                    row.with(pending(row.handOff, row.handOff.task(), now), now).withNewKeys();
            byInvoice.put(invoiceId, restarted);
            return restarted.handOff;
        }
        return row.handOff;
    }

    @Override
    public synchronized Map<String, HandOff> find(Collection<String> invoiceIds) {
        var found = new HashMap<String, HandOff>();
        invoiceIds.stream()
                .flatMap(id -> Stream.ofNullable(byInvoice.get(id)))
                .forEach(row -> found.put(row.handOff.invoiceId(), row.handOff));
        return found;
    }

    @Override
    public synchronized int resetDueAfter(Instant latest, Instant now) {
        List<Row> implausible = byInvoice.values().stream()
                .filter(row -> row.readyAt != null && row.readyAt.isAfter(latest))
                .toList();
        implausible.forEach(row -> {
            HandOff before = row.handOff;
            var due = new HandOff(
                    before.invoiceId(),
                    before.task(),
                    before.state(),
                    before.reason(),
                    before.attempts(),
                    now,
                    before.externalIds());
            byInvoice.put(before.invoiceId(), new Row(due, row.takes, row.keys, row.since, now, row.lease));
        });
        return implausible.size();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public synchronized Optional<Instant> nextDue() {
        return byInvoice.values().stream()
                .flatMap(row -> Stream.ofNullable(row.readyAt))
                .min(Comparator.naturalOrder());
    }
}

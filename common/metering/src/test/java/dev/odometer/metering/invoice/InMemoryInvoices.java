package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.CustomerSearch;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.SubscriptionStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Invoices in memory. Passes {@link InvoicesContract}. */
public final class InMemoryInvoices implements Invoices {

    private final Map<String, Invoice> byId = new LinkedHashMap<>();
    private final Map<String, ManualItem> manual = new LinkedHashMap<>();
    private final Map<List<String>, Gathering> gatherings = new LinkedHashMap<>();
    /** The ids of voided invoices whose lines do not count as billed. */
    private final Set<String> released = new HashSet<>();

    private final Map<String, Long> series = new HashMap<>();
    private final SubscriptionStores stores;
    private final InMemoryAccounts accounts;
    private final Supplier<String> ids;
    private BiConsumer<List<Invoice>, List<Invoice>> listener = (created, updated) -> {};

    public InMemoryInvoices(SubscriptionStores stores, BillingProfiles profiles, Supplier<String> ids) {
        this.stores = stores;
        this.accounts = new InMemoryAccounts(stores, profiles);
        this.ids = ids;
    }

    /** Sets the listener of all later changes, which gets the created and the updated invoices. */
    public synchronized void onChange(BiConsumer<List<Invoice>, List<Invoice>> next) {
        listener = next;
    }

    private Invoice stored(Invoice changed) {
        byId.put(changed.id(), changed);
        listener.accept(List.of(), List.of(changed));
        return changed;
    }

    /** An item that was added by hand. It stays when it is billed, since its invoice may be voided. */
    private record ManualItem(String customerId, BillableItem item) {}

    @Override
    public synchronized List<Invoice> settle(Collection<String> customerIds, Settlement.Request request) {
        var drafts = new ArrayList<Invoice>();
        customerIds.stream().distinct().sorted().forEach(id -> drafts.addAll(preview(id, request)));
        drafts.forEach(draft -> byId.put(draft.id(), draft));
        listener.accept(drafts, List.of());
        return drafts;
    }

    @Override
    public synchronized List<Invoice> preview(String customerId, Settlement.Request request) {
        var settlement = Settlement.of(account(customer(customerId)), request);
        return settlement.invoices(accounts.totals(settlement.usage()), ids);
    }

    private Customer customer(String id) {
        return stores.house()
                .customers()
                .find(id)
                .filter(found -> found.id().equals(id))
                .orElseThrow(() -> Refusal.notFound("customer not found: " + id));
    }

    private Account account(Customer customer) {
        var billed = new ArrayList<Account.Billed>();
        var earlier = new HashMap<String, Account.Earlier>();
        for (Invoice invoice : byId.values()) {
            if (!invoice.parties().customer().id().equals(customer.id())) {
                continue;
            }
            InvoiceTimes times = invoice.times();
            Instant annulledAt = times.deletedAt() == null ? times.voidedAt() : times.deletedAt();
            boolean isCollected = times.collectedAt() != null || times.deletedAt() != null;
            for (InvoiceLine line : invoice.lines()) {
                var origin = line.stored();
                if (released.contains(invoice.id())) {
                    earlier.merge(
                            origin.key(),
                            new Account.Earlier(origin.revision() + 1, false),
                            (one, other) -> new Account.Earlier(Math.max(one.revisions(), other.revisions()), false));
                } else {
                    InvoiceLine counted = annulledAt == null ? line : line.deleted(annulledAt);
                    billed.add(new Account.Billed(invoice.id(), invoice.number(), isCollected, counted));
                }
            }
        }
        billed.sort(Comparator.comparing(one -> one.line().stored().revision()));
        List<BillableItem> items = manual.values().stream()
                .filter(one -> one.customerId.equals(customer.id()))
                .map(ManualItem::item)
                .toList();
        List<BillableItem> open =
                items.stream().filter(item -> !isBilled(item.key())).toList();
        return accounts.account(customer, billed, earlier, new InMemoryAccounts.ManualItems(items, open));
    }

    private boolean isBilled(String key) {
        return byId.values().stream()
                .filter(invoice -> !released.contains(invoice.id()))
                .flatMap(invoice -> invoice.lines().stream())
                .anyMatch(line -> line.stored().key().equals(key));
    }

    @Override
    public synchronized int settleDue(Settlement.Request request, int limit) {
        var search = new CustomerSearch(
                null, null, null, null, true, CustomerSearch.Order.ID, false, PageRequest.of(1, PageRequest.MAX_SIZE));
        return (int) stores.house().customers().list(search).items().stream()
                .filter(customer -> !settle(List.of(customer.id()), request).isEmpty())
                .limit(limit)
                .count();
    }

    @Override
    public synchronized int collectDue(Settlement.Request request, int limit) {
        List<Invoice> due = drafts(one -> one.times().collectedAt() == null
                        && !one.times().collectionAt().isAfter(request.now()))
                .limit(limit)
                .toList();
        due.forEach(draft -> collected(draft, request));
        return due.size();
    }

    private Stream<Invoice> drafts(Predicate<Invoice> condition) {
        return List.copyOf(byId.values()).stream()
                .filter(one -> one.times().isDraft())
                .filter(condition)
                .sorted(Comparator.comparing(Invoice::id));
    }

    private Invoice collected(Invoice draft, Settlement.Request request) {
        Customer customer = customer(draft.parties().customer().id());
        var settlement = Settlement.ofDraft(account(customer), draft, request);
        return stored(settlement.collected(draft, accounts.totals(settlement.usage()), ids));
    }

    @Override
    public synchronized int issueDue(Instant now, int limit) {
        List<Invoice> due = drafts(one -> one.status(now) == InvoiceStatus.DRAFT_READY_TO_ISSUE)
                .limit(limit)
                .toList();
        due.forEach(draft -> issue(draft, now));
        return due.size();
    }

    private Invoice issue(Invoice draft, Instant now) {
        return stored(draft.issued(series.merge(draft.terms().profileId(), 1L, Long::sum), now));
    }

    @Override
    public synchronized Invoice collect(String id, Settlement.Request request) {
        Invoice draft = stored(id);
        draft.requireCollectable(request.now());
        return collected(draft, request);
    }

    @Override
    public synchronized Invoice approve(String id, Instant now) {
        return issue(stored(id).approved(now), now);
    }

    @Override
    public synchronized Invoice change(String id, UnaryOperator<Invoice> change) {
        Invoice stored = stored(id);
        Invoice changed = change.apply(stored);
        InvoiceEdit.check(stored, changed);
        for (InvoiceLine line : changed.lines()) {
            if (stored.lines().stream().noneMatch(one -> one.id().equals(line.id()))) {
                String featureKey = line.item().featureKey();
                String featureId = featureKey == null
                        ? null
                        : stores.house()
                                .features()
                                .find(featureKey)
                                .map(Feature::id)
                                .orElse(null);
                register(stored.parties().customer().id(), BillableItem.of(line, featureId));
            }
        }
        return changed.equals(stored) ? stored : stored(changed);
    }

    private Invoice stored(String id) {
        return find(id).orElseThrow(() -> Refusal.notFound("invoice not found: " + id));
    }

    private void register(String customerId, BillableItem item) {
        if (manual.containsKey(item.key())) {
            throw Refusal.conflict("the id is used already: " + item.key());
        }
        manual.put(item.key(), new ManualItem(customerId, item));
    }

    @Override
    public synchronized Invoice annul(String id, Annulment how, Instant now) {
        Invoice voided = stored(id).voided(how.reason(), now);
        if (how.isBilledAgain()) {
            released.add(id);
        }
        return stored(voided);
    }

    @Override
    public synchronized Page<Invoice> list(InvoiceSearch search) {
        return search.page().slice(InvoiceOrder.of(search, byId.values()));
    }

    @Override
    public synchronized Optional<Invoice> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Gathering add(String customerId, List<BillableItem> items, Instant now) {
        if (customer(customerId).isDeleted()) {
            throw Refusal.preconditionFailed("customer is deleted: " + customerId);
        }
        var before = Map.copyOf(manual);
        boolean isNew = waiting(customerId, items.get(0)).isEmpty();
        try {
            items.forEach(item -> register(customerId, item));
        } catch (Refusal refusal) {
            manual.clear();
            manual.putAll(before);
            throw refusal;
        }
        String currency = items.get(0).currency().getCurrencyCode();
        Gathering stored = gatherings.computeIfAbsent(
                List.of(customerId, currency),
                key -> new Gathering(ids.get(), customerId, items.get(0).currency(), List.of(), now, true));
        return with(stored, waiting(customerId, items.get(0)), isNew);
    }

    private List<BillableItem> waiting(String customerId, BillableItem like) {
        return manual.values().stream()
                .filter(one -> one.customerId.equals(customerId))
                .map(ManualItem::item)
                .filter(item -> item.currency().equals(like.currency()) && !isBilled(item.key()))
                .toList();
    }

    private static Gathering with(Gathering stored, List<BillableItem> items, boolean isNew) {
        return new Gathering(stored.id(), stored.customerId(), stored.currency(), items, stored.createdAt(), isNew);
    }

    @Override
    public synchronized List<Gathering> gathering(String customerId) {
        return gatherings.values().stream()
                .filter(one -> one.customerId().equals(customerId))
                .map(one -> manual.values().stream()
                        .filter(item -> item.customerId.equals(customerId))
                        .map(ManualItem::item)
                        .filter(item -> item.currency().equals(one.currency()))
                        .findFirst()
                        .map(item -> with(one, waiting(customerId, item), false))
                        .orElse(one))
                .filter(one -> !one.items().isEmpty())
                .sorted(Comparator.comparing(
                        one -> Objects.requireNonNull(one).currency().getCurrencyCode()))
                .toList();
    }

    @Override
    public synchronized Optional<Gathering> findGathering(String id) {
        return gatherings.values().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .flatMap(one -> gathering(one.customerId()).stream()
                        .filter(open -> open.id().equals(id))
                        .findFirst());
    }
}

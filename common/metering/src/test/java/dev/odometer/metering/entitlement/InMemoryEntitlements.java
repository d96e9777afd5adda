package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.usage.UsageLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entitlements in memory. Passes {@link EntitlementsContract}. */
public final class InMemoryEntitlements implements Entitlements {

    private final Map<String, Entitlement> byId = new LinkedHashMap<>();
    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final Map<String, List<Reset>> resets = new LinkedHashMap<>();
    private final Features features;
    private final Customers customers;
    private final FeatureUsage totals;
    private BiConsumer<String, Reset> onReset = (entitlementId, reset) -> {};

    public InMemoryEntitlements(Features features, Meters meters, Customers customers, UsageLog usage) {
        this.features = features;
        this.customers = customers;
        this.totals = new FeatureUsage(features, meters, usage);
    }

    /** Sets a listener that is called after each manual reset with the entitlement's id. */
    public void onReset(BiConsumer<String, Reset> after) {
        onReset = after;
    }

    @Override
    public synchronized Page<Entitlement> list(EntitlementSearch search) {
        Comparator<Entitlement> order = switch (search.order()) {
            case CREATED_AT -> Comparator.comparing(Entitlement::createdAt);
            case UPDATED_AT -> Comparator.comparing(Entitlement::updatedAt);
        };
        order = order.thenComparing(Entitlement::id);
        List<Entitlement> found = byId.values().stream()
                .filter(e -> search.includeDeleted() || !e.isDeleted())
                .filter(e -> search.activeAt() == null || e.isDeleted() || e.isActive(search.activeAt()))
                .filter(e -> isAny(search.customers(), e.customerId()))
                .filter(e -> isAny(search.features(), e.featureId()) || isAny(search.features(), e.featureKey()))
                .filter(e -> isAny(search.types(), e.terms().type()))
                .sorted(search.descending() ? order.reversed() : order)
                .toList();
        return search.page().slice(found);
    }

    private static boolean isAny(List<String> wanted, String text) {
        return wanted.isEmpty() || wanted.contains(text);
    }

    @Override
    public synchronized Optional<Entitlement> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Optional<Entitlement> find(String customerId, String idOrFeature, Instant at) {
        return active(customerId, at).filter(is(idOrFeature)).findFirst();
    }

    @Override
    public synchronized List<Entitlement> ofSubscription(String subscriptionId) {
        return byId.values().stream()
                .filter(e -> e.managed() != null && e.managed().subscriptionId().equals(subscriptionId))
                .toList();
    }

    private Stream<Entitlement> active(String customerId, Instant at) {
        return byId.values().stream()
                .filter(e -> e.isActive(at) && e.customerId().equals(customerId));
    }

    private static Predicate<Entitlement> is(String idOrFeature) {
        return e -> List.of(e.id(), e.featureId(), e.featureKey()).contains(idOrFeature);
    }

    @Override
    public synchronized void add(Entitlement entitlement, List<Grant> first) {
        check(entitlement);
        checkGrants(entitlement, first);
        byId.put(entitlement.id(), entitlement);
        first.forEach(grant -> grants.put(grant.id(), grant));
    }

    @Override
    public synchronized void replace(String id, Entitlement successor, List<Grant> first) {
        Entitlement old = live(byId.get(id), id);
        old.checkSuccessor(successor);
        byId.put(id, old.deleted(successor.createdAt()));
        try {
            add(successor, first);
        } catch (Refusal refusal) {
            byId.put(id, old);
            throw refusal;
        }
    }

    private static void checkGrants(Entitlement entitlement, List<Grant> first) {
        if (!first.isEmpty()) {
            entitlement.metered().check(first);
        }
    }

    private void check(Entitlement entitlement) {
        if (customers.find(entitlement.customerId()).filter(c -> !c.isDeleted()).isEmpty()) {
            throw Refusal.notFound("customer not found: " + entitlement.customerId());
        }
        checkFeature(entitlement);
        checkConflicts(entitlement, byId.values());
    }

    private void checkFeature(Entitlement entitlement) {
        Feature feature = features.find(entitlement.featureId())
                .filter(found -> !found.isArchived())
                .orElseThrow(() -> Refusal.notFound("feature not found: " + entitlement.featureKey()));
        feature.checkMeasured(entitlement.terms());
    }

    private static void checkConflicts(Entitlement entitlement, Collection<Entitlement> others) {
        others.stream().filter(entitlement::conflictsWith).findFirst().ifPresent(other -> {
            throw Entitlement.exists(other.featureKey(), other.id());
        });
    }

    /**
     * Stores all entitlements of some subscriptions, all or nothing. Those that they do not give any more are deleted.
     *
     * @param given by the id of the subscription
     */
    public synchronized void manage(Map<String, List<Entitlement>> given, Instant at) {
        given.values().stream()
                .flatMap(List::stream)
                .filter(one -> !byId.containsKey(one.id()))
                .forEach(this::checkFeature);
        Map<String, Entitlement> after = new ManagedUpdate(given, at).appliedTo(byId);
        given.values().stream().flatMap(List::stream).forEach(one -> checkConflicts(one, after.values()));
        byId.putAll(after);
    }

    @Override
    public synchronized void delete(String id, Instant at) {
        Entitlement entitlement = live(byId.get(id), id);
        entitlement.checkUnmanaged();
        byId.put(id, entitlement.deleted(at));
    }

    private static Entitlement live(@Nullable Entitlement entitlement, String id) {
        if (entitlement == null || entitlement.isDeleted()) {
            throw Refusal.notFound("entitlement not found: " + id);
        }
        return entitlement;
    }

    @Override
    public synchronized void grant(Grant grant) {
        Terms.Metered terms =
                live(byId.get(grant.entitlementId()), grant.entitlementId()).metered();
        terms.check(
                grant,
                grants.values().stream()
                        .filter(other -> other.entitlementId().equals(grant.entitlementId()))
                        .filter(other -> other.voidedAt() == null)
                        .toList());
        grants.put(grant.id(), grant);
    }

    @Override
    public synchronized Page<Grant> grants(GrantSearch search) {
        Comparator<Grant> order = switch (search.order()) {
            case ID -> Comparator.comparing(Grant::id);
            case CREATED_AT -> Comparator.comparing(Grant::createdAt);
            case UPDATED_AT -> Comparator.comparing(Grant::updatedAt);
            case EFFECTIVE_AT -> Comparator.comparing(Grant::effectiveAt);
        };
        order = order.thenComparing(Grant::id);
        List<Grant> found = byId.values().stream()
                .filter(e -> search.includeDeleted() || !e.isDeleted())
                .filter(e -> isAny(search.entitlements(), e.id()) && isAny(search.customers(), e.customerId()))
                .filter(e -> isAny(search.features(), e.featureId()) || isAny(search.features(), e.featureKey()))
                .flatMap(e -> Stream.concat(
                        Grant.ofAllowance(e).stream(),
                        grants.values().stream()
                                .filter(grant -> grant.entitlementId().equals(e.id()))))
                .sorted(search.descending() ? order.reversed() : order)
                .toList();
        return search.page().slice(found);
    }

    @Override
    public synchronized Optional<Grant> findGrant(String id) {
        return Optional.ofNullable(grants.get(id));
    }

    @Override
    public synchronized void voidGrant(String grantId, Instant at) {
        Grant grant = grants.get(grantId);
        if (byId.containsKey(grantId) && Grant.ofAllowance(byId.get(grantId)).isPresent()) {
            throw Grant.notVoidable(grantId);
        }
        if (grant == null) {
            throw Refusal.notFound("grant not found: " + grantId);
        }
        if (grant.voidedAt() != null) {
            throw Refusal.invalid("grant is already voided: " + grantId);
        }
        grants.put(grantId, grant.voided(at));
    }

    @Override
    public synchronized void reset(String entitlementId, Reset reset) {
        Terms.Metered terms = live(byId.get(entitlementId), entitlementId).metered();
        List<Reset> before = resets.computeIfAbsent(entitlementId, id -> new ArrayList<>());
        terms.check(reset, before.isEmpty() ? null : before.get(before.size() - 1));
        before.removeIf(other -> other.at().equals(reset.at()));
        before.add(reset);
        onReset.accept(entitlementId, reset);
    }

    @Override
    public synchronized Map<String, Reset> lastResets(Collection<String> entitlementIds) {
        var last = new LinkedHashMap<String, Reset>();
        for (String id : entitlementIds) {
            resets.getOrDefault(id, List.of()).stream()
                    .max(Comparator.comparing(Reset::at))
                    .ifPresent(reset -> last.put(id, reset));
        }
        return last;
    }

    @Override
    public synchronized Optional<List<EntitlementStatus>> statuses(
            String customer, @Nullable String feature, Instant time) {
        return customers
                .find(customer)
                .filter(found -> !found.isDeleted())
                .map(found -> active(found.id(), time)
                        .filter(feature == null ? e -> true : is(feature))
                        .sorted(Comparator.comparing(Entitlement::featureKey))
                        .map(e -> status(found, e, time))
                        .toList());
    }

    @Override
    public synchronized Optional<List<EntitlementStatus>> statuses(String customer, Instant time, int maximum) {
        return statuses(customer, null, time).map(all -> {
            if (all.size() > maximum) {
                throw Entitlements.tooMany(maximum);
            }
            return all;
        });
    }

    private EntitlementStatus status(Customer customer, Entitlement entitlement, Instant time) {
        if (!(entitlement.terms() instanceof Terms.Metered terms)) {
            return EntitlementStatus.of(entitlement);
        }
        Ledger ledger = Ledger.of(terms, grantsOf(entitlement), resetsOf(entitlement), time);
        return EntitlementStatus.of(
                entitlement, ledger, ledger.balance(totals.of(customer, entitlement, ledger.usage())));
    }

    @Override
    public synchronized Optional<BalanceHistory> history(String entitlementId, HistoryRange range) {
        return find(entitlementId).filter(found -> !found.isDeleted()).map(entitlement -> {
            Customer customer = customers.find(entitlement.customerId()).orElseThrow();
            var ledger = HistoryLedger.of(entitlement.metered(), grantsOf(entitlement), resetsOf(entitlement), range);
            return ledger.history(totals.of(customer, entitlement, ledger.usage()));
        });
    }

    private List<Grant> grantsOf(Entitlement entitlement) {
        return grants.values().stream()
                .filter(grant -> grant.entitlementId().equals(entitlement.id()))
                .toList();
    }

    private List<Reset> resetsOf(Entitlement entitlement) {
        return resets.getOrDefault(entitlement.id(), List.of());
    }
}

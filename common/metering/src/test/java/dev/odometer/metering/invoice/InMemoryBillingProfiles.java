package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.CustomerSearch;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Billing profiles in memory. Passes {@link BillingProfilesContract}. */
public final class InMemoryBillingProfiles implements BillingProfiles {

    private final Map<String, BillingProfile> byId = new LinkedHashMap<>();
    private final Map<String, CustomerOverride> overrides = new LinkedHashMap<>();
    private final Customers customers;

    public InMemoryBillingProfiles(Customers customers) {
        this.customers = customers;
        byId.put(BillingProfile.INITIAL_ID, BillingProfile.initial(Instant.EPOCH));
    }

    @Override
    public synchronized Page<BillingProfile> list(Search search) {
        Comparator<BillingProfile> order = switch (search.order()) {
            case CREATED_AT -> Comparator.comparing(BillingProfile::createdAt);
            case UPDATED_AT -> Comparator.comparing(BillingProfile::updatedAt);
            case DEFAULT -> Comparator.comparing(BillingProfile::isDefault);
            case NAME -> Comparator.comparing(BillingProfile::name);
        };
        order = order.thenComparing(BillingProfile::id);
        return search.page()
                .slice(byId.values().stream()
                        .filter(one -> search.includeArchived() || !one.isDeleted())
                        .sorted(search.descending() ? order.reversed() : order)
                        .toList());
    }

    @Override
    public synchronized Optional<BillingProfile> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized BillingProfile defaultProfile() {
        return byId.values().stream()
                .filter(BillingProfile::isDefault)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public synchronized void add(BillingProfile profile) {
        put(profile);
    }

    @Override
    public synchronized BillingProfile change(String id, UnaryOperator<BillingProfile> change) {
        BillingProfile stored = byId.get(id);
        if (stored == null || stored.isDeleted()) {
            throw Refusal.notFound("billing profile not found: " + id);
        }
        BillingProfile changed = change.apply(stored);
        if (changed.isDeleted()) {
            refuseIfReferenced(id);
        }
        put(changed);
        return changed;
    }

    private void put(BillingProfile profile) {
        if (profile.isDefault()) {
            BillingProfile former = defaultProfile();
            byId.put(former.id(), former.withoutDefault(profile.updatedAt()));
        }
        byId.put(profile.id(), profile);
    }

    private void refuseIfReferenced(String id) {
        for (Customer customer : customers.findByIds(overrides.keySet())) {
            CustomerOverride override = Objects.requireNonNull(overrides.get(customer.id()));
            if (!customer.isDeleted() && id.equals(override.profileId())) {
                throw BillingProfile.referenced(id, customer.id());
            }
        }
    }

    @Override
    public synchronized void override(CustomerOverride override) {
        Customer customer = customers
                .find(override.customerId())
                .filter(found -> found.id().equals(override.customerId()))
                .orElseThrow(() -> Refusal.notFound("customer not found: " + override.customerId()));
        if (customer.isDeleted()) {
            throw Refusal.preconditionFailed("customer is deleted: " + customer.id());
        }
        String id = override.profileId();
        if (id != null && find(id).filter(found -> !found.isDeleted()).isEmpty()) {
            throw BillingProfile.unknown(id);
        }
        overrides.merge(
                override.customerId(),
                override,
                (before, now) -> new CustomerOverride(
                        now.customerId(), now.profileId(), now.tax(), before.createdAt(), now.updatedAt()));
    }

    @Override
    public synchronized void deleteOverride(String customerId) {
        overrides.remove(customerId);
    }

    @Override
    public synchronized Map<String, CustomerOverride> overrides(Collection<String> customerIds) {
        return overrides.values().stream()
                .filter(one -> customerIds.contains(one.customerId()))
                .collect(Collectors.toMap(CustomerOverride::customerId, one -> one));
    }

    @Override
    public synchronized Page<Assignment> assignments(AssignmentSearch search) {
        Comparator<Assignment> order = Comparator.comparing(Assignment::customerId);
        return search.page()
                .slice(customers().stream()
                        .filter(one -> search.customerIds().isEmpty()
                                || search.customerIds().contains(one.id()))
                        .filter(one -> matches(search.customerName(), one.name()))
                        .filter(one -> matches(search.customerKey(), one.key()))
                        .filter(one -> matches(search.customerPrimaryEmail(), one.primaryEmail()))
                        .map(this::assignment)
                        .filter(one -> matches(search, one))
                        .sorted(search.descending() ? order.reversed() : order)
                        .toList());
    }

    private List<Customer> customers() {
        var search = new CustomerSearch(
                null,
                null,
                null,
                null,
                null,
                false,
                CustomerSearch.Order.ID,
                false,
                PageRequest.of(1, PageRequest.MAX_SIZE));
        return customers.list(search).items();
    }

    private Assignment assignment(Customer customer) {
        CustomerOverride override = overrides.get(customer.id());
        String pinned = override == null ? null : override.profileId();
        BillingProfile profile = pinned == null ? defaultProfile() : Objects.requireNonNull(byId.get(pinned));
        return new Assignment(customer.id(), override, profile);
    }

    private static boolean matches(AssignmentSearch search, Assignment one) {
        boolean isPinned = one.override() != null && one.override().profileId() != null;
        return (search.all() || one.override() != null)
                && !(search.withoutPinnedProfile() && isPinned)
                && (search.profileIds().isEmpty()
                        || search.profileIds().contains(one.profile().id()));
    }

    private static boolean matches(@Nullable String part, @Nullable String text) {
        return part == null
                || TextFilter.containingIgnoringCase(part).toPredicate().test(Objects.requireNonNullElse(text, ""));
    }
}

package dev.odometer.metering.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionItem;
import dev.odometer.metering.subscription.SubscriptionStores;
import dev.odometer.metering.usage.UsageTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what decides what a customer is billed from the ports. */
record InMemoryAccounts(SubscriptionStores stores, BillingProfiles profiles) {

    Account account(
            Customer customer, List<Account.Billed> billed, Map<String, Account.Earlier> earlier, ManualItems manual) {
        BillingProfiles.CustomerOverride override =
                profiles.overrides(List.of(customer.id())).get(customer.id());
        BillingProfile profile = override == null || override.profileId() == null
                ? profiles.defaultProfile()
                : profiles.find(override.profileId()).orElseThrow();
        List<Subscription> subscriptions = stores.subscriptions().open(List.of(customer.id()), Instant.EPOCH);
        return new Account(
                customer,
                profile,
                override == null || override.tax() == null ? profile.tax() : override.tax(),
                subscriptions,
                billed,
                manual.open(),
                earlier,
                meters(featureIds(subscriptions, manual.all())));
    }

    /**
     * Items that were added by hand.
     *
     * @param open those that are not billed
     */
    record ManualItems(List<BillableItem> all, List<BillableItem> open) {}

    private static Set<String> featureIds(List<Subscription> subscriptions, List<BillableItem> manual) {
        return Stream.concat(
                        subscriptions.stream()
                                .flatMap(one -> one.phases().stream())
                                .flatMap(phase -> phase.items().stream())
                                .map(SubscriptionItem::featureId),
                        manual.stream().map(BillableItem::featureId))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Map<String, Account.Metered> meters(Set<String> featureIds) {
        var meters = new LinkedHashMap<String, Account.Metered>();
        for (Feature feature : stores.house().features().findByIds(featureIds)) {
            Measure measure = feature.measure();
            if (measure != null) {
                stores.house()
                        .meters()
                        .find(measure.meterId())
                        .filter(meter -> !meter.isDeleted())
                        .ifPresent(
                                meter -> meters.put(feature.id(), new Account.Metered(measure, meter.aggregation())));
            }
        }
        return meters;
    }

    List<BigDecimal> totals(List<Settlement.Usage> usage) {
        return usage.stream().map(this::total).toList();
    }

    private BigDecimal total(Settlement.Usage usage) {
        if (!usage.range().start().isBefore(usage.range().end())) {
            return BigDecimal.ZERO;
        }
        Measure measure = usage.metered().measure();
        Meter meter = stores.house().meters().find(measure.meterId()).orElseThrow();
        return new UsageTotal(meter, Set.copyOf(usage.subjects()), measure.filters(), usage.range())
                .of(stores.house().usage());
    }
}

package dev.odometer.postgres.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.invoice.Account;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles.CustomerOverride;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionItem;
import dev.odometer.postgres.entitlement.StoredFeature;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.query.Scope;
import dev.odometer.postgres.subscription.StoredSubscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the accounts of any number of customers in a constant number of statements. The caller has locked the rows of
 * the customers. The rows of profiles and meters are locked until the end of the transaction, so that a change of one
 * marks the customers as due after their settlement has written when they are due.
 */
final class Accounts {

    private static final String SUBSCRIPTIONS = """
            select * from subscription where customer_id = any (:ids) and deleted_at is null order by active_from, id
            """;
    private static final String PROFILES = """
            select * from billing_profile
            where is_default or id in (select profile_id from customer_override where customer_id = any (:ids))
            order by id for share
            """;
    /** Billed fees are not needed, but the features of billed usage are, to correct it. */
    private static final String MANUAL = """
            select * from manual_item where customer_id = any (:ids) and (not is_billed or feature_id is not null)
            order by number
            """;

    private static final String METERS = "select f.id, f.filters, m.slug, " + Scope.METER + """
             from feature f join meter m on m.id = f.meter_id
            where f.id = any (:ids) and m.deleted_at is null order by m.id for share of m
            """;

    private final Database database;
    private final Settlement.Request request;
    private final Map<String, Scope> scopes = new HashMap<>();

    Accounts(Database database, Settlement.Request request) {
        this.database = database;
        this.request = request;
    }

    /** A meter, as it was when the accounts were read. */
    Scope scope(String meterId) {
        return Objects.requireNonNull(scopes.get(meterId));
    }

    /** The accounts of the customers, in the same order. */
    List<Account> of(List<Customer> customers) {
        List<String> ids = customers.stream().map(Customer::id).toList();
        Map<String, CustomerOverride> overrides = PostgresBillingProfiles.overrides(database, ids);
        Map<String, BillingProfile> profiles = profiles(ids);
        Map<String, List<Subscription>> subscriptions = byCustomer(
                database.sql()
                        .sql(SUBSCRIPTIONS)
                        .param("ids", ids.toArray(String[]::new))
                        .query((row, n) -> StoredSubscription.of(row))
                        .list(),
                Subscription::customerId);
        Map<String, List<ManualItems.Row>> manual = byCustomer(manual(ids), ManualItems.Row::customerId);
        BilledLines lines =
                BilledLines.read(database, ids, Micros.of(request.horizon().before(request.asOf())));
        Map<String, Account.Metered> meters = meters(featureIds(subscriptions.values(), manual.values()));
        return customers.stream()
                .map(customer -> {
                    CustomerOverride override = overrides.get(customer.id());
                    BillingProfile profile = profile(profiles, override == null ? null : override.profileId());
                    return new Account(
                            customer,
                            profile,
                            override == null || override.tax() == null ? profile.tax() : override.tax(),
                            subscriptions.getOrDefault(customer.id(), List.of()),
                            lines.billed().getOrDefault(customer.id(), List.of()),
                            manual.getOrDefault(customer.id(), List.of()).stream()
                                    .filter(row -> !row.isBilled())
                                    .map(ManualItems.Row::item)
                                    .toList(),
                            lines.earlier().getOrDefault(customer.id(), Map.of()),
                            meters);
                })
                .toList();
    }

    private static BillingProfile profile(Map<String, BillingProfile> profiles, @Nullable String pinned) {
        BillingProfile found = pinned == null
                ? profiles.values().stream()
                        .filter(BillingProfile::isDefault)
                        .findFirst()
                        .orElse(null)
                : profiles.get(pinned);
        return Objects.requireNonNull(found, "the billing profile of a customer exists");
    }

    private Map<String, BillingProfile> profiles(List<String> ids) {
        var profiles = new LinkedHashMap<String, BillingProfile>();
        database.sql()
                .sql(PROFILES)
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> StoredProfile.of(row))
                .list()
                .forEach(profile -> profiles.put(profile.id(), profile));
        return profiles;
    }

    private List<ManualItems.Row> manual(List<String> ids) {
        return database.sql()
                .sql(MANUAL)
                .param("ids", ids.toArray(String[]::new))
                .query((row, n) -> ManualItems.Row.of(row))
                .list();
    }

    private static Set<String> featureIds(
            Collection<List<Subscription>> subscriptions, Collection<List<ManualItems.Row>> manual) {
        var ids = new HashSet<String>();
        subscriptions.stream()
                .flatMap(List::stream)
                .flatMap(one -> one.phases().stream())
                .flatMap(phase -> phase.items().stream())
                .map(SubscriptionItem::featureId)
                .flatMap(Stream::ofNullable)
                .forEach(ids::add);
        manual.stream()
                .flatMap(List::stream)
                .map(row -> row.item().featureId())
                .flatMap(Stream::ofNullable)
                .forEach(ids::add);
        return ids;
    }

    private Map<String, Account.Metered> meters(Set<String> featureIds) {
        var meters = new HashMap<String, Account.Metered>();
        database.sql()
                .sql(METERS)
                .param("ids", featureIds.toArray(String[]::new))
                .query(row -> {
                    var measure = new Measure(
                            row.getString("meter_id"),
                            row.getString("slug"),
                            StoredFeature.filters(row.getString("filters")));
                    scopes.put(measure.meterId(), Scope.of(row, Set.of(), Map.of()));
                    meters.put(
                            row.getString("id"),
                            new Account.Metered(measure, Aggregation.valueOf(row.getString("aggregation"))));
                });
        // A copy that the accounts share.
        return Map.copyOf(meters);
    }

    private static <T> Map<String, List<T>> byCustomer(List<T> rows, Function<T, String> customer) {
        var grouped = new HashMap<String, List<T>>();
        rows.forEach(row -> grouped.computeIfAbsent(customer.apply(row), id -> new ArrayList<>())
                .add(row));
        return grouped;
    }
}

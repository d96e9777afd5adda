package dev.odometer.postgres.notification;

import static java.util.stream.Collectors.toMap;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.AlertKey;
import dev.odometer.metering.notification.RuleFacts;
import dev.odometer.postgres.customer.PostgresSubjects;
import dev.odometer.postgres.customer.StoredCustomer;
import dev.odometer.postgres.entitlement.EntitlementStatuses;
import dev.odometer.postgres.entitlement.StoredFeature;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.query.Scope;
import dev.odometer.postgres.query.UsageTotals;
import dev.odometer.postgres.rollup.LiveMeter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads what the evaluation of rules needs, in the caller's transaction. Each call takes one statement, or a constant
 * number where usage is computed. Locks are taken in one order, so that transactions wait for each other instead of
 * deadlocking.
 *
 * @param meters the meters that counted in the transaction, by id
 */
record PostgresRuleFacts(Database database, Map<String, LiveMeter> meters) implements RuleFacts {

    // Serializes the transactions that use a subject, so that each reads totals that include those before it. The
    // buckets are sorted, so that transactions lock them in the same order.
    private static final String LOCK_SUBJECTS =
            "select pg_advisory_xact_lock(" + Locks.RULE_SUBJECTS + ", b) from unnest(:buckets::int[]) as b";
    /**
     * The number of locks that all subjects share. Each held lock takes room in the server's shared lock table, so the
     * number is bounded; two subjects in one bucket only wait for each other.
     */
    private static final int BUCKETS = 1024;
    // Serializes the transactions that use an entitlement, so that each threshold is evaluated on all usage before it.
    // "for no key update" instead of "for update" does not block transactions whose foreign keys refer to the
    // entitlement.
    private static final String LOCK_ENTITLEMENTS = """
            select e.id, f.meter_id, n.name
            from unnest(:meters::text[], :subjects::text[]) as p (meter, subject)
                join customer_name n on n.name = p.subject and n.attributes
                join entitlement e on e.customer_id = n.customer_id and e.deleted_at is null and e.type = 'metered'
                join feature f on f.id = e.feature_id and f.meter_id = p.meter
            where :all or e.feature_id = any (:features)
            order by e.id
            for no key update of e
            """;

    @Override
    public List<BigDecimal> usage(List<UsageRequest> questions) {
        var totals = UsageTotals.whileAppending(database);
        var buckets = new TreeSet<Integer>();
        for (UsageRequest question : questions) {
            buckets.add(Math.floorMod(Objects.hash(question.meterId(), question.subject()), BUCKETS));
            totals.request(totals.add(scope(question)), question.window());
        }
        database.sql()
                .sql(LOCK_SUBJECTS)
                .param("buckets", buckets.toArray(Integer[]::new))
                .query(row -> {});
        return totals.results();
    }

    private Scope scope(UsageRequest question) {
        LiveMeter live = Objects.requireNonNull(meters.get(question.meterId()));
        Meter meter = live.reader().meter();
        return new Scope(
                meter.id(),
                live.rollup(),
                meter.aggregation(),
                live.backfill() != null,
                Set.of(question.subject()),
                Map.of());
    }

    @Override
    public Map<String, Set<MeterSubject>> entitlements(Set<MeterSubject> used, Set<String> features) {
        List<MeterSubject> uses = List.copyOf(used);
        var found = new HashMap<String, Set<MeterSubject>>();
        database.sql()
                .sql(LOCK_ENTITLEMENTS)
                .param("meters", uses.stream().map(MeterSubject::meterId).toArray(String[]::new))
                .param("subjects", uses.stream().map(MeterSubject::subject).toArray(String[]::new))
                .param("all", features.isEmpty())
                .param("features", features.toArray(String[]::new))
                .query(row -> {
                    found.computeIfAbsent(row.getString("id"), id -> new HashSet<>())
                            .add(new MeterSubject(row.getString("meter_id"), row.getString("name")));
                });
        return found;
    }

    @Override
    public List<EntitlementStatus> balances(Map<String, Instant> times) {
        return EntitlementStatuses.ofEntitlements(database, times).stream()
                .filter(status -> status.balance() != null)
                .toList();
    }

    @Override
    public Set<AlertKey> raised(Set<AlertKey> keys) {
        var digest = new Digest();
        Map<ByteBuffer, AlertKey> byDigest =
                keys.stream().collect(toMap(key -> ByteBuffer.wrap(digest(digest, key)), Function.identity()));
        var raised = new HashSet<AlertKey>();
        database.sql()
                .sql("select key from notification_told where key = any (:keys)")
                .param("keys", byDigest.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new))
                .query(row -> {
                    raised.add(byDigest.get(ByteBuffer.wrap(row.getBytes("key"))));
                });
        return raised;
    }

    static byte[] digest(Digest digest, AlertKey key) {
        return digest.of(key.ruleId(), key.parts().toArray(String[]::new));
    }

    @Override
    public Map<String, Context> contexts(Collection<Entitlement> entitlements) {
        Map<String, Feature> features = StoredFeature.byId(
                database, entitlements.stream().map(Entitlement::featureId).toList());
        Map<String, Customer> customers = StoredCustomer.byId(
                database, entitlements.stream().map(Entitlement::customerId).toList());
        Map<String, Subject> subjects = PostgresSubjects.byKey(
                database,
                customers.values().stream().map(Alert.OfEntitlement::subjectKey).toList());
        var contexts = new HashMap<String, Context>();
        for (Entitlement one : entitlements) {
            Customer customer = Objects.requireNonNull(customers.get(one.customerId()));
            contexts.put(
                    one.id(),
                    new Context(
                            Objects.requireNonNull(features.get(one.featureId())),
                            customer,
                            subjects.get(Alert.OfEntitlement.subjectKey(customer))));
        }
        return contexts;
    }
}

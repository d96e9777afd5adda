package dev.odometer.postgres.invoice;

import dev.odometer.metering.pricing.NaiveRater;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.ServicePeriod;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionSearch;
import dev.odometer.metering.usage.Window;
import dev.odometer.postgres.PostgresStore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each item costs, computed from all raw events one by one. */
final class BillingOracle {

    private final PostgresStore store;
    private final List<Event> events;
    private final Map<String, BigDecimal> owed = new TreeMap<>();

    private record Event(String subject, long minute, BigDecimal tokens, boolean isGpt) {}

    private BillingOracle(PostgresStore store, JdbcClient sql) {
        this.store = store;
        events = sql.sql(
                        "select subject, happened_at / 60000000 as minute, (data::json ->> 'tokens')::numeric as tokens,"
                                + " data::json ->> 'model' = 'gpt' as is_gpt from usage_event")
                .query((row, n) -> new Event(
                        row.getString("subject"),
                        row.getLong("minute"),
                        row.getBigDecimal("tokens"),
                        row.getBoolean("is_gpt")))
                .list();
        sql.sql("select key from manual_item").query(row -> {
            owed.put(row.getString("key"), new BigDecimal("7.50"));
        });
    }

    /** The cost of each item by key, without those that cost nothing. All subscriptions have ended. */
    static Map<String, BigDecimal> owed(PostgresStore store, JdbcClient sql) {
        var oracle = new BillingOracle(store, sql);
        BillingWorld.customerIds().forEach(oracle::add);
        oracle.owed.values().removeIf(amount -> amount.signum() == 0);
        return oracle.owed;
    }

    private void add(String customer) {
        for (Subscription subscription : subscriptions(customer)) {
            Instant end = Objects.requireNonNull(subscription.activeTo());
            for (ServicePeriod period : ServicePeriod.of(subscription, end)) {
                owed.put(period.key(subscription), cost(customer, period));
            }
        }
    }

    private BigDecimal cost(String customer, ServicePeriod period) {
        Pricing pricing = Objects.requireNonNull(period.item().card().pricing());
        return period.item().featureId() == null
                ? fee(period)
                : new NaiveRater(pricing, 2).owed(used(customer, period), true);
    }

    private static BigDecimal fee(ServicePeriod period) {
        return new BigDecimal("49.99")
                .multiply(BigDecimal.valueOf(nanos(period.service())))
                .divide(BigDecimal.valueOf(nanos(period.full())), 2, RoundingMode.HALF_UP);
    }

    private static long nanos(Window window) {
        return Duration.between(window.start(), window.end()).toNanos();
    }

    private BigDecimal used(String customer, ServicePeriod period) {
        boolean isGpt = period.item().key().equals("gpt");
        long from = Math.floorDiv(period.service().start().getEpochSecond(), 60);
        long to = Math.floorDiv(period.service().end().getEpochSecond(), 60);
        BigDecimal sum = BigDecimal.ZERO;
        for (Event event : events) {
            if (event.subject.equals(customer)
                    && event.minute >= from
                    && event.minute < to
                    && (!isGpt || event.isGpt)) {
                sum = sum.add(event.tokens);
            }
        }
        return sum;
    }

    private List<Subscription> subscriptions(String customer) {
        var all = new ArrayList<Subscription>();
        for (int page = 1; all.size() == (page - 1) * PageRequest.MAX_SIZE; page++) {
            var search = new SubscriptionSearch(
                    customer,
                    Set.of(),
                    Instant.now(),
                    SubscriptionSearch.Order.ACTIVE_FROM,
                    false,
                    new PageRequest(page, PageRequest.MAX_SIZE));
            all.addAll(store.subscriptions().list(search).items());
        }
        return all;
    }
}

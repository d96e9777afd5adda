package dev.odometer.metering.entitlement;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sample meters, customers, features, entitlements and grants. */
public final class Examples {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");

    private Examples() {}

    public static Meter meter(Aggregation aggregation) {
        String slug = aggregation.name().toLowerCase(java.util.Locale.ROOT);
        return new Meter(
                "m-" + slug,
                slug,
                slug,
                null,
                Map.of(),
                aggregation,
                "prompt",
                null,
                aggregation.needsValue() ? "$.tokens" : null,
                Map.of("model", "$.model", "region", "$.region"),
                Lifecycle.created(NOW));
    }

    public static Customer customer(String key, String... subjects) {
        return new Customer(
                "c-" + key,
                key,
                key,
                null,
                List.of(subjects),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Lifecycle.created(NOW));
    }

    /** A feature without a meter. */
    public static Feature feature(String key) {
        return new Feature("f-" + key, key, "Feature " + key, null, null, Map.of("a", "b"), Lifecycle.created(NOW));
    }

    public static Feature feature(String key, Meter meter, Map<String, TextFilter> filters) {
        return new Feature(
                "f-" + key,
                key,
                "Feature " + key,
                new Feature.Measure(meter.id(), meter.slug(), filters),
                null,
                Map.of(),
                Lifecycle.created(NOW));
    }

    public static Terms.Metered monthly(String allowance) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        return new Terms.Metered(
                UsagePeriod.of("MONTH", start), start, new BigDecimal(allowance), 1, false, false, false);
    }

    public static Entitlement entitlement(String id, Customer customer, Feature feature, Terms terms) {
        return new Entitlement(id, customer.id(), feature.id(), feature.key(), terms, Map.of(), Lifecycle.created(NOW));
    }

    public static Grant grant(String id, String entitlementId, String amount, String effectiveAt) {
        return new Grant(
                id,
                entitlementId,
                new BigDecimal(amount),
                1,
                Instant.parse(effectiveAt),
                null,
                Grant.Rollover.NONE,
                null,
                Map.of(),
                Map.of(),
                NOW,
                null);
    }

    /** The grant with these expiration, rollover and recurrence. */
    public static Grant grant(
            Grant grant,
            Grant.@Nullable Expiration expiration,
            Grant.Rollover rollover,
            @Nullable UsagePeriod recurrence) {
        return new Grant(
                grant.id(),
                grant.entitlementId(),
                grant.amount(),
                grant.priority(),
                grant.effectiveAt(),
                expiration,
                rollover,
                recurrence,
                grant.metadata(),
                grant.annotations(),
                grant.createdAt(),
                grant.voidedAt());
    }

    public static UsageEvent prompt(String id, String subject, String time, String tokens) {
        return new UsageEvent(
                "1.0",
                id,
                "chat",
                "prompt",
                subject,
                Instant.parse(time),
                null,
                null,
                Map.of("tokens", tokens, "model", "gpt"));
    }
}

package dev.odometer.api.functions;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.InMemoryCustomers;
import dev.odometer.metering.customer.InMemorySubjects;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.InMemoryEntitlements;
import dev.odometer.metering.entitlement.InMemoryFeatures;
import dev.odometer.metering.invoice.InMemoryBillingProfiles;
import dev.odometer.metering.invoice.InMemoryInvoices;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.subscription.InMemorySubscriptions;
import dev.odometer.metering.subscription.SubscriptionStores;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Empty in-memory ports, a fixed clock, and sample data that is stored with the clock's time. */
public final class ApiFixture {

    public static final int MAX_ROWS = 50_000;

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    public final Clock clock;
    public final InMemoryMeters meters = new InMemoryMeters();
    public final InMemoryUsageLog log;
    public final InMemoryCustomers customers = new InMemoryCustomers();
    public final InMemorySubjects subjects = new InMemorySubjects();
    public final InMemoryFeatures features = new InMemoryFeatures(meters);
    public final InMemoryEntitlements entitlements;
    public final InMemorySubscriptions subscriptions;
    public final InMemoryBillingProfiles profiles = new InMemoryBillingProfiles(customers);
    public final InMemoryInvoices invoices;
    public final MeterLookup meterLookup = new MeterLookup(meters);
    public final CustomerLookup customerLookup = new CustomerLookup(customers);
    public final Supplier<String> ids = new Supplier<>() {
        private int count;

        @Override
        public String get() {
            return "01ARZ3NDEKTSV4RRFFQ69G5%03d".formatted(count++);
        }
    };

    public ApiFixture() {
        this(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** Ports that use another clock. */
    public ApiFixture(Clock clock) {
        this.clock = clock;
        log = new InMemoryUsageLog(clock);
        entitlements = new InMemoryEntitlements(features, meters, customers, log);
        subscriptions = new InMemorySubscriptions(customers, entitlements);
        var stores = new SubscriptionStores(
                new EntitlementStores(meters, log, customers, features, entitlements), subscriptions);
        invoices = new InMemoryInvoices(stores, profiles, new Ulid(clock));
    }

    /** A meter that sums the tokens of prompts, grouped by model and kind. */
    public Meter tokens() {
        return meter(new MeterDraft(
                "tokens",
                null,
                null,
                null,
                Aggregation.SUM,
                "prompt",
                null,
                "$.tokens",
                Map.of("model", "$.model", "kind", "$.kind")));
    }

    public Meter meter(MeterDraft draft) {
        Meter meter = draft.toMeter(ids.get(), NOW);
        meters.add(meter);
        return meter;
    }

    public Customer customer(String key, String... subjectKeys) {
        Customer customer = new Customer(
                ids.get(),
                key,
                key,
                null,
                List.of(subjectKeys),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Lifecycle.created(NOW));
        customers.add(customer);
        return customer;
    }

    public void subject(String key, @Nullable String displayName) {
        subjects.put(List.of(new Subject(ids.get(), key, displayName, null, null, null, null, Lifecycle.created(NOW))));
    }

    public void append(UsageEvent... events) {
        log.append(List.of(events));
    }

    /** Records tokens used at a time, with the model as group. */
    public void used(String subject, String time, Object tokens) {
        prompt(subject, time, Map.of("tokens", tokens, "model", "gpt-4"));
    }

    public void prompt(String subject, String time, @Nullable Map<String, @Nullable Object> data) {
        append(prompt(ids.get(), subject, Instant.parse(time), data));
    }

    public static UsageEvent prompt(
            String id, String subject, @Nullable Instant time, @Nullable Map<String, @Nullable Object> data) {
        return new UsageEvent("1.0", id, "chat", "prompt", subject, time, null, null, data);
    }
}

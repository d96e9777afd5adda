package dev.odometer.metering.notification;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.InMemoryCustomers;
import dev.odometer.metering.customer.InMemorySubjects;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementSearch;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.InMemoryEntitlements;
import dev.odometer.metering.entitlement.InMemoryFeatures;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterReader;
import dev.odometer.metering.meter.Reading;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageTotal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A store in memory that evaluates rules and raises alerts. */
public final class InMemoryAlerts implements RuleFacts {

    /** Tests store less than a page. */
    private static final PageRequest ALL = new PageRequest(1, PageRequest.MAX_SIZE);

    private final Clock clock;
    private final Supplier<String> ids;
    private final AlertingStore store;
    private final Set<AlertKey> raised = new HashSet<>();
    private final Map<String, Instant> periodEnds = new HashMap<>();

    private InMemoryAlerts(Clock clock, Supplier<String> ids, DeliverySignal signal) {
        this.clock = clock;
        this.ids = ids;
        var meters = new InMemoryMeters();
        var usage = new InMemoryUsageLog(clock);
        var customers = new InMemoryCustomers();
        var features = new InMemoryFeatures(meters);
        var entitlements = new InMemoryEntitlements(features, meters, customers, usage);
        var notifications = new InMemoryNotifications(signal);
        store = new AlertingStore(
                meters, usage, customers, new InMemorySubjects(), features, entitlements, notifications);
        usage.onAppend(this::counted);
        entitlements.onReset(this::reset);
        notifications.onNoticeResets(this::raiseStartedPeriods);
    }

    /** An empty store. */
    public static AlertingStore store(Clock clock, Supplier<String> ids, DeliverySignal signal) {
        return new InMemoryAlerts(clock, ids, signal).store;
    }

    private RuleEvaluation rules() {
        var live = new Notifications.Listing(false, false, false, ALL);
        return RuleEvaluation.of(
                store.notifications().rules(Notifications.RuleFilter.ALL, live).items());
    }

    private int raise(List<Alert> alerts, Instant at) {
        for (Alert alert : alerts) {
            raised.add(alert.key());
            store.notifications().raise(Notification.of(ids.get(), at, alert, new ExamplePayloads()));
        }
        return alerts.size();
    }

    private void counted(List<UsageEvent> events) {
        var counted = new ArrayList<CountedUsage>();
        for (Meter meter : store.meters().list(false)) {
            events.stream()
                    .filter(event -> event.type().equals(meter.eventType()) && meter.covers(event.happenedAt()))
                    .filter(event -> !(new MeterReader(meter).read(event.data()) instanceof Reading.Skipped))
                    .forEach(event -> counted.add(new CountedUsage(meter.id(), event.subject(), event.happenedAt())));
        }
        raise(rules().afterCounting(counted, clock.instant(), this), clock.instant());
    }

    private void reset(String entitlementId, Reset reset) {
        periodEnds.remove(entitlementId);
        raise(rules().afterReset(balances(Map.of(entitlementId, reset.at())), this), clock.instant());
    }

    private int raiseStartedPeriods(Instant now) {
        RuleEvaluation rules = rules();
        if (!rules.isAboutResets()) {
            periodEnds.clear();
            return 0;
        }
        live().filter(one -> one.isActive(now) && !periodEnds.containsKey(one.id()))
                .forEach(one -> storePeriodEnds(balances(Map.of(one.id(), rules.periodsFrom(one.activeFrom())))));
        var ended = new HashMap<String, Instant>();
        periodEnds.forEach((id, end) -> {
            if (!end.isAfter(now)) {
                ended.put(id, now);
            }
        });
        periodEnds.keySet().removeAll(ended.keySet());
        List<EntitlementStatus> started = balances(ended);
        storePeriodEnds(started);
        return raise(rules.afterPeriodStart(started, this), now);
    }

    private void storePeriodEnds(List<EntitlementStatus> statuses) {
        for (EntitlementStatus status : statuses) {
            if (status.period() != null) {
                periodEnds.put(status.entitlement().id(), status.period().end());
            }
        }
    }

    private Stream<Entitlement> live() {
        var all = new EntitlementSearch(
                List.of(), List.of(), List.of("metered"), false, null, EntitlementSearch.Order.CREATED_AT, false, ALL);
        return store.entitlements().list(all).items().stream().filter(one -> one.terms() instanceof Terms.Metered);
    }

    @Override
    public List<BigDecimal> usage(List<UsageRequest> questions) {
        return questions.stream()
                .map(question -> new UsageTotal(
                                store.meters().find(question.meterId()).orElseThrow(),
                                Set.of(question.subject()),
                                Map.of(),
                                question.window())
                        .of(store.usage()))
                .toList();
    }

    @Override
    public Map<String, Set<MeterSubject>> entitlements(Set<MeterSubject> used, Set<String> features) {
        var found = new HashMap<String, Set<MeterSubject>>();
        live().filter(one -> features.isEmpty() || features.contains(one.featureId()))
                .forEach(one -> {
                    Feature.Measure measure = feature(one).measure();
                    Set<String> subjects = customer(one).subjects();
                    for (MeterSubject use : used) {
                        if (measure != null
                                && measure.meterId().equals(use.meterId())
                                && subjects.contains(use.subject())) {
                            found.computeIfAbsent(one.id(), id -> new HashSet<>())
                                    .add(use);
                        }
                    }
                });
        return found;
    }

    private Feature feature(Entitlement entitlement) {
        return store.features().find(entitlement.featureId()).orElseThrow();
    }

    private Customer customer(Entitlement entitlement) {
        return store.customers().find(entitlement.customerId()).orElseThrow();
    }

    @Override
    public List<EntitlementStatus> balances(Map<String, Instant> times) {
        return live().filter(one -> times.containsKey(one.id()))
                .flatMap(one -> store
                        .entitlements()
                        .statuses(one.customerId(), one.id(), Objects.requireNonNull(times.get(one.id())))
                        .orElse(List.of())
                        .stream())
                .filter(status -> status.balance() != null)
                .toList();
    }

    @Override
    public Set<AlertKey> raised(Set<AlertKey> keys) {
        var before = new HashSet<>(keys);
        before.retainAll(raised);
        return before;
    }

    @Override
    public Map<String, Context> contexts(Collection<Entitlement> entitlements) {
        var contexts = new HashMap<String, Context>();
        for (Entitlement one : entitlements) {
            Customer customer = customer(one);
            String subject = Alert.OfEntitlement.subjectKey(customer);
            contexts.put(
                    one.id(),
                    new Context(
                            feature(one),
                            customer,
                            store.subjects().find(List.of(subject)).stream()
                                    .findFirst()
                                    .orElse(null)));
        }
        return contexts;
    }
}

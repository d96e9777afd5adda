package dev.odometer.metering.notification;

import static dev.odometer.metering.entitlement.Examples.customer;
import static dev.odometer.metering.entitlement.Examples.entitlement;
import static dev.odometer.metering.entitlement.Examples.feature;
import static dev.odometer.metering.entitlement.Examples.grant;
import static dev.odometer.metering.entitlement.Examples.monthly;
import static dev.odometer.metering.notification.AlertExamples.CHANNEL;
import static dev.odometer.metering.notification.AlertExamples.CLOCK;
import static dev.odometer.metering.notification.AlertExamples.NOW;
import static dev.odometer.metering.notification.AlertExamples.at;
import static dev.odometer.metering.notification.AlertExamples.event;
import static dev.odometer.metering.notification.AlertExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.Threshold.Kind;
import dev.odometer.metering.resource.Lifecycle;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The alerts that rules on balances and resets raise; one subclass per store. The customer Acme and its subject bot may
 * use 100 tokens per month.
 */
public abstract class BalanceRulesContract {

    private static final Customer ACME = customer("acme", "bot");
    private static final Feature TOKENS = feature("tokens", tokens(Aggregation.SUM), Map.of());

    private final List<String> signals = new ArrayList<>();
    private AlertingStore store = start();

    /** Counts the signals that deliveries are due. */
    protected abstract AlertingStore empty(Clock clock, DeliverySignal signal);

    private AlertingStore start() {
        return empty(CLOCK, () -> signals.add("due"));
    }

    @BeforeEach
    void startWithAnEntitlement() {
        store = start();
        store.meters().add(tokens(Aggregation.SUM));
        store.notifications().put(AlertExamples.channel());
        store.customers().add(ACME);
        store.features().add(TOKENS);
        store.entitlements().add(entitlement("e-1", ACME, TOKENS, monthly("100")));
    }

    private static Threshold threshold(Kind kind, String value) {
        return new Threshold(kind, new BigDecimal(value));
    }

    private void watch(Map<String, String> features, Threshold... thresholds) {
        store.notifications()
                .put(Examples.rule(2, new RuleCondition.OfBalances(features, Arrays.asList(thresholds)), CHANNEL));
    }

    private void watchResets() {
        store.notifications().put(Examples.rule(3, new RuleCondition.OfResets(Map.of()), CHANNEL));
    }

    private void count(String id, String subject, String tokens) {
        store.usage().append(List.of(event(id, subject, tokens, NOW)));
    }

    private List<Notification> raised() {
        return AlertExamples.raised(store.notifications());
    }

    private List<String> raised(String... path) {
        return raised().stream().map(one -> at(one, path)).toList();
    }

    @Test
    void raisesAPercentageOfTheUsageOfAllSubjects() {
        watch(Map.of(), threshold(Kind.USAGE_PERCENTAGE, "90"));

        count("a", "acme", "60");
        count("b", "bot", "30");
        assertThat(raised()).isEmpty();
        count("c", "bot", "0.5");

        Notification one = raised().get(0);
        assertThat(one.type()).isEqualTo("entitlements.balance.threshold");
        assertThat(one.topic()).isEqualTo(new Topic(TOKENS.id(), "tokens", "bot"));
        assertThat(at(one, "entitlement", "id")).isEqualTo("e-1");
        assertThat(at(one, "feature", "key")).isEqualTo("tokens");
        assertThat(at(one, "customer", "id")).isEqualTo(ACME.id());
        assertThat(at(one, "value", "usage")).isEqualTo("90.5");
        assertThat(at(one, "value", "balance")).isEqualTo("9.5");
        assertThat(at(one, "value", "totalAvailableGrantAmount")).isEqualTo("100");
        assertThat(at(one, "value", "hasAccess")).isEqualTo("true");
        assertThat(at(one, "threshold", "type")).isEqualTo("usage_percentage");
        assertThat(signals).hasSize(1);
    }

    @Test
    void includesTheEntryOfTheSubject() {
        watch(Map.of(), threshold(Kind.USAGE_VALUE, "10"), threshold(Kind.USAGE_VALUE, "20"));

        count("a", "acme", "11");
        store.subjects()
                .put(List.of(
                        new Subject("s-bot", "bot", "The bot", Map.of(), null, null, null, Lifecycle.created(NOW))));
        count("b", "acme", "11");

        assertThat(raised("subject", "hasEntry")).containsExactlyInAnyOrder("false", "true");
    }

    @Test
    void raisesEachThresholdOncePerPeriodEvenAfterATopUp() {
        watch(Map.of(), threshold(Kind.USAGE_PERCENTAGE, "75"), threshold(Kind.USAGE_PERCENTAGE, "90"));

        count("a", "acme", "95");
        store.entitlements().grant(grant("g-1", "e-1", "30", "2026-03-02T11:00:00Z"));
        count("b", "acme", "1");
        count("c", "acme", "4");
        count("d", "acme", "30");

        // 95 of 100, 96 of 130, 100 of 130, 130 of 130.
        assertThat(raised("threshold", "value")).containsExactlyInAnyOrder("90", "75");
    }

    @Test
    void raisesUsageAndBalanceThresholdsSeparately() {
        watch(
                Map.of(),
                threshold(Kind.USAGE_VALUE, "50"),
                threshold(Kind.BALANCE_VALUE, "20"),
                threshold(Kind.BALANCE_VALUE, "0"));

        count("a", "acme", "85");
        count("b", "acme", "15");

        assertThat(raised("threshold", "type"))
                .containsExactlyInAnyOrder("usage_value", "balance_value", "balance_value");
    }

    @Test
    void coversOnlyTheFeaturesOfTheRule() {
        Feature other = feature("other", tokens(Aggregation.SUM), Map.of());
        store.features().add(other);
        watch(Map.of(other.id(), other.key()), threshold(Kind.USAGE_VALUE, "10"));

        count("a", "acme", "50");
        assertThat(raised()).isEmpty();

        store.entitlements().add(entitlement("e-2", ACME, other, monthly("100")));
        count("b", "acme", "1");
        assertThat(raised("entitlement", "id")).containsExactly("e-2");
    }

    @Test
    void raisesForThePreviousPeriodButNoOlderOne() {
        watch(Map.of(), threshold(Kind.USAGE_VALUE, "10"));

        store.usage()
                .append(List.of(
                        event("a", "acme", "11", NOW.minus(Duration.ofDays(10))),
                        event("b", "acme", "12", NOW.minus(Duration.ofDays(40)))));

        assertThat(raised("value", "usage")).containsExactly("11");
        assertThat(raised("entitlement", "currentUsagePeriod", "from")).containsExactly("2026-02-01T00:00:00Z");
    }

    @Test
    void countsEventsAheadOfTheClockInTheCurrentPeriod() {
        watch(Map.of(), threshold(Kind.USAGE_VALUE, "10"));

        store.usage().append(List.of(event("a", "acme", "11", NOW.plus(Duration.ofHours(5)))));

        assertThat(raised("value", "usage")).containsExactly("11");
    }

    @Test
    void raisesNothingForADeletedEntitlement() {
        watch(Map.of(), threshold(Kind.USAGE_VALUE, "10"));
        store.entitlements().delete("e-1", NOW);

        count("a", "acme", "50");

        assertThat(raised()).isEmpty();
    }

    @Test
    void raisesAManualReset() {
        watchResets();
        count("a", "acme", "50");

        store.entitlements().reset("e-1", new Reset(NOW, NOW, false));

        Notification one = raised().get(0);
        assertThat(one.type()).isEqualTo("entitlements.reset");
        assertThat(at(one, "value", "balance")).isEqualTo("100");
        assertThat(at(one, "entitlement", "currentUsagePeriod", "from")).isEqualTo(NOW.toString());
        assertThat(at(one, "threshold", "type")).isEqualTo("null");
        assertThat(signals).hasSize(1);
    }

    /** The sample rules were created on 2026-11-02. */
    @Test
    void raisesAPeriodStartOnce() {
        watchResets();

        assertThat(raiseStartedPeriods("2026-11-30T23:59:59Z")).isZero();
        assertThat(raiseStartedPeriods("2026-12-01T00:00:30Z")).isEqualTo(1);
        assertThat(raiseStartedPeriods("2026-12-01T00:00:30Z")).isZero();
        assertThat(raiseStartedPeriods("2027-03-05T00:00:00Z")).isEqualTo(1);

        assertThat(raised("entitlement", "currentUsagePeriod", "from"))
                .containsExactly("2026-12-01T00:00:00Z", "2027-03-01T00:00:00Z");
    }

    private int raiseStartedPeriods(String now) {
        return store.notifications().raiseStartedPeriods(Instant.parse(now));
    }

    @Test
    void ignoresPeriodStartsBeforeTheRule() {
        assertThat(raiseStartedPeriods("2026-10-15T00:00:00Z")).isZero();
        watchResets();

        assertThat(raiseStartedPeriods("2026-11-02T12:00:00Z")).isZero();
    }

    @Test
    void ignoresPeriodStartsWithoutARuleOnResets() {
        assertThat(store.notifications().raiseStartedPeriods(NOW.plus(Duration.ofDays(400))))
                .isZero();
    }
}

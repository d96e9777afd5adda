package dev.odometer.views;

import static dev.odometer.metering.entitlement.Examples.entitlement;
import static dev.odometer.metering.entitlement.Examples.monthly;
import static dev.odometer.metering.notification.AlertExamples.NOW;
import static dev.odometer.metering.notification.AlertExamples.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.event.EventDocuments;
import dev.odometer.door.json.Json;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.Examples;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.Threshold;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadViewsTest {

    /**
     * The required fields of the payloads that OpenMeter specifies, by place. Source: github.com/openmeterio/openmeter;
     * api/openapi.yaml at 97d73fb (Feature, Subject, EntitlementValue, RecurringPeriod) and, below api/spec/src,
     * notification/entitlements.tsp at 1408caf, entitlements/entitlements.tsp at b6564b4 and customer/customer.tsp at
     * 2d0ba03. The times of a subject are required by newer versions.
     */
    private static final Map<String, List<String>> OF_ENTITLEMENTS = Map.of(
            "",
            List.of("id", "type", "timestamp", "data"),
            "data",
            List.of("entitlement", "feature", "subject", "value"),
            "data.entitlement",
            List.of(
                    "type",
                    "createdAt",
                    "updatedAt",
                    "activeFrom",
                    "id",
                    "subjectKey",
                    "featureKey",
                    "featureId",
                    "lastReset",
                    "currentUsagePeriod",
                    "measureUsageFrom",
                    "usagePeriod"),
            "data.entitlement.usagePeriod",
            List.of("interval", "intervalISO", "anchor"),
            "data.entitlement.currentUsagePeriod",
            List.of("from", "to"),
            "data.feature",
            List.of("createdAt", "updatedAt", "key", "name", "id"),
            "data.subject",
            List.of("createdAt", "updatedAt", "id", "key"),
            "data.customer",
            List.of("id", "name", "createdAt", "updatedAt"),
            "data.value",
            List.of("hasAccess"));

    /** In addition, for NotificationEventBalanceThresholdPayload: NotificationRuleBalanceThresholdValue. */
    private static final Map<String, List<String>> OF_BALANCES =
            Map.of("data", List.of("threshold"), "data.threshold", List.of("value", "type"));

    /** A type of Odometer only, which OpenMeter does not specify; see docs/notifications.md. */
    private static final Map<String, List<String>> OF_USAGE = Map.of(
            "",
            List.of("id", "type", "timestamp", "data"),
            "data",
            List.of("meter", "subject", "window", "value", "threshold"),
            "data.meter",
            List.of("id", "slug"),
            "data.subject",
            List.of("key"),
            "data.window",
            List.of("from", "to"),
            "data.threshold",
            List.of("value", "type"));

    static final Customer ACME = dev.odometer.metering.entitlement.Examples.customer("acme", "bot");
    private static final Feature TOKENS = dev.odometer.metering.entitlement.Examples.feature(
            "tokens", tokens(Aggregation.SUM), Map.of("model", TextFilter.of(TextFilter.Op.EQ, "gpt")));
    private static final Subject BOT =
            new Subject("s-bot", "bot", "The bot", Map.of("a", "b"), null, null, null, Lifecycle.created(NOW));
    private static final Threshold NINETY = new Threshold(Threshold.Kind.USAGE_PERCENTAGE, new BigDecimal("90"));

    static Map<String, @Nullable Object> payload(Alert alert) {
        return new PayloadViews(() -> new EventDocuments(new Json())).payload(Examples.id(9), NOW, alert);
    }

    private static EntitlementStatus status() {
        Terms.Metered terms = monthly("100");
        UsagePeriod periods = terms.period().anchoredAt(Instant.parse("2026-01-31T10:00:00Z"));
        Entitlement entitlement = entitlement("e-1", ACME, TOKENS, terms);
        Window period = periods.containing(NOW);
        var balance = new Balance(new BigDecimal("9.5"), new BigDecimal("90.5"), BigDecimal.ZERO, new BigDecimal(100));
        return new EntitlementStatus(entitlement, balance, periods, period, period.start());
    }

    private static Alert balance(@Nullable Subject subject) {
        Rule rule = Examples.rule(2, new RuleCondition.OfBalances(Map.of(), List.of(NINETY)), Examples.id(1));
        return new Alert.OfEntitlement(rule, status(), TOKENS, ACME, subject, NINETY);
    }

    private static Alert reset() {
        Rule rule = Examples.rule(2, new RuleCondition.OfResets(Map.of()), Examples.id(1));
        return new Alert.OfEntitlement(rule, status(), TOKENS, ACME, BOT, null);
    }

    private static Alert usage() {
        RuleCondition.OfUsage calls = Examples.calls("100");
        return new Alert.OfUsage(
                Examples.rule(2, calls, Examples.id(1)),
                calls,
                "acme",
                new Window(NOW, NOW.plusSeconds(3600)),
                new BigDecimal("1e3"),
                Examples.above("100"));
    }

    static @Nullable Object at(Map<String, @Nullable Object> payload, String place) {
        Object value = payload;
        for (String name : place.isEmpty() ? new String[0] : place.split("\\.")) {
            value = value instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return value;
    }

    static void assertHas(Map<String, @Nullable Object> payload, Map<String, List<String>> required) {
        required.forEach((place, names) -> {
            String prefix = place.isEmpty() ? "" : place + ".";
            assertThat(names)
                    .allSatisfy(name -> assertThat(at(payload, prefix + name))
                            .as(prefix + name)
                            .isNotNull());
        });
    }

    @Test
    void haveTheRequiredFieldsOfABalanceThreshold() {
        Map<String, @Nullable Object> payload = payload(balance(BOT));

        assertThat(payload).containsEntry("type", "entitlements.balance.threshold");
        assertHas(payload, OF_ENTITLEMENTS);
        assertHas(payload, OF_BALANCES);
    }

    @Test
    void haveTheRequiredFieldsOfAReset() {
        Map<String, @Nullable Object> payload = payload(reset());

        assertThat(payload).containsEntry("type", "entitlements.reset");
        assertHas(payload, OF_ENTITLEMENTS);
        assertThat(at(payload, "data.threshold")).isNull();
    }

    @Test
    void haveTheFieldsOfPlainUsage() {
        Map<String, @Nullable Object> payload = payload(usage());

        assertThat(payload).containsEntry("type", "meters.usage.threshold");
        assertHas(payload, OF_USAGE);
        assertThat(String.valueOf(at(payload, "data.value"))).isEqualTo("1000");
    }

    @Test
    void includeTheEntryOfTheSubject() {
        Map<String, @Nullable Object> payload = payload(balance(BOT));

        assertThat(at(payload, "data.subject.id")).isEqualTo("s-bot");
        assertThat(at(payload, "data.subject.displayName")).isEqualTo("The bot");
        assertThat(at(payload, "data.subject.metadata")).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void useTheIdAndTimesOfTheCustomerForASubjectWithoutEntry() {
        Map<String, @Nullable Object> payload = payload(balance(null));

        assertHas(payload, OF_ENTITLEMENTS);
        assertThat(at(payload, "data.subject.id")).isEqualTo(ACME.id());
        assertThat(at(payload, "data.subject.key")).isEqualTo("bot");
        assertThat(at(payload, "data.subject.createdAt")).isEqualTo(at(payload, "data.customer.createdAt"));
    }

    @Test
    void includeTheAnchorOfTheLastReset() {
        Map<String, @Nullable Object> payload = payload(reset());

        assertThat(at(payload, "data.entitlement.usagePeriod.anchor")).isEqualTo("2026-01-31T10:00:00Z");
        assertThat(at(payload, "data.entitlement.lastReset"))
                .isEqualTo(at(payload, "data.entitlement.currentUsagePeriod.from"));
    }

    @Test
    void markTestNotifications() {
        assertThat(at(payload(new Alert.Sample(usage())), "data.test")).isEqualTo(true);
        assertThat(at(payload(new Alert.Sample(reset())), "data.test")).isEqualTo(true);
        assertThat(at(payload(usage()), "data.test")).isNull();
    }
}

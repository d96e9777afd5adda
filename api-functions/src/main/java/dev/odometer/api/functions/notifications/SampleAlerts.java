package dev.odometer.api.functions.notifications;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.RuleCondition.OfInvoices.Change;
import dev.odometer.metering.notification.Threshold;
import dev.odometer.metering.resource.Lifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sample alerts of a rule, for a customer that does not exist. The usage exceeds the first threshold by one. A created
 * invoice is a draft, and an updated one is issued.
 */
record SampleAlerts(Supplier<String> ids, Instant now) {

    private static final String SUBJECT = "test-subject";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    Alert.Sample alert(Rule rule) {
        return new Alert.Sample(of(rule));
    }

    private Alert of(Rule rule) {
        RuleCondition watch = rule.condition();
        if (watch instanceof RuleCondition.OfUsage usage) {
            Threshold threshold = usage.thresholds().get(0);
            String subject =
                    usage.subjects().isEmpty() ? SUBJECT : usage.subjects().get(0);
            return new Alert.OfUsage(
                    rule,
                    usage,
                    subject,
                    usage.window().containing(now, usage.zone()),
                    threshold.value().add(BigDecimal.ONE),
                    threshold);
        }
        if (watch instanceof RuleCondition.OfBalances balances) {
            Threshold threshold = balances.thresholds().get(0);
            return ofEntitlement(rule, balances.features(), crossed(threshold), threshold);
        }
        if (watch instanceof RuleCondition.OfInvoices invoices) {
            var sample = new SampleInvoice(customer(), ids, now);
            return new Alert.OfInvoice(
                    rule, invoices, invoices.change() == Change.CREATED ? sample.draft() : sample.issued());
        }
        Map<String, String> features = watch instanceof RuleCondition.OfResets resets ? resets.features() : Map.of();
        return ofEntitlement(rule, features, balance(BigDecimal.ZERO, HUNDRED), null);
    }

    private static Balance crossed(Threshold threshold) {
        BigDecimal value = threshold.value();
        return switch (threshold.kind()) {
            case USAGE_VALUE -> balance(value.add(BigDecimal.ONE), value.add(BigDecimal.ONE));
            case USAGE_PERCENTAGE -> balance(value.add(BigDecimal.ONE), HUNDRED);
            case BALANCE_VALUE -> {
                BigDecimal left = value.subtract(BigDecimal.ONE).max(BigDecimal.ZERO);
                yield balance(BigDecimal.ONE, left.add(BigDecimal.ONE));
            }
        };
    }

    private static Balance balance(BigDecimal usage, BigDecimal granted) {
        BigDecimal left = granted.subtract(usage);
        return new Balance(left.max(BigDecimal.ZERO), usage, left.negate().max(BigDecimal.ZERO), granted);
    }

    private Alert ofEntitlement(
            Rule rule, Map<String, String> features, Balance balance, @Nullable Threshold threshold) {
        String id =
                features.isEmpty() ? ids.get() : features.keySet().iterator().next();
        String key = features.getOrDefault(id, "test_feature");
        var feature = new Feature(id, key, key, null, null, Map.of(), Lifecycle.created(now));
        Customer customer = customer();
        var period = UsagePeriod.of("MONTH", now);
        var terms = new Terms.Metered(period, period.anchor(), balance.granted(), 1, false, false, false);
        var entitlement = new Entitlement(ids.get(), customer.id(), id, key, terms, Map.of(), Lifecycle.created(now));
        var status = new EntitlementStatus(entitlement, balance, period, period.containing(now), period.anchor());
        return new Alert.OfEntitlement(rule, status, feature, customer, null, threshold);
    }

    private Customer customer() {
        return new Customer(
                ids.get(),
                null,
                "Test",
                null,
                List.of(SUBJECT),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                Lifecycle.created(now));
    }
}

package dev.odometer.metering.notification;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a rule found: facts only. How an alert is shown and delivered is up to a {@link PayloadWriter}. */
public sealed interface Alert {

    /** The rule as it was when it was evaluated. */
    Rule rule();

    /** Identifies the alert: it is raised once, however often it is found. */
    AlertKey key();

    /** What notifications can be searched by. */
    Topic topic();

    /** A subject's usage of a meter in a window is above a threshold. */
    record OfUsage(
            Rule rule,
            RuleCondition.OfUsage condition,
            String subject,
            Window window,
            BigDecimal value,
            Threshold threshold)
            implements Alert {

        @Override
        public AlertKey key() {
            return new AlertKey(
                    rule.id(),
                    List.of(
                            "usage",
                            condition.meterId(),
                            subject,
                            window.start() + "/" + window.end(),
                            threshold.type(),
                            threshold.value().toPlainString()));
        }

        @Override
        public Topic topic() {
            return new Topic(null, null, subject);
        }
    }

    /**
     * The balance of a metered entitlement crossed a threshold or, without a threshold, a usage period began.
     *
     * @param subject the entry of {@link #subjectKey}; absent when there is none, since usage needs no entry
     */
    record OfEntitlement(
            Rule rule,
            EntitlementStatus status,
            Feature feature,
            Customer customer,
            @Nullable Subject subject,
            @Nullable Threshold threshold)
            implements Alert {

        /** The balance, which a metered entitlement always has. */
        public Balance balance() {
            return Objects.requireNonNull(status.balance(), "a metered entitlement has a balance");
        }

        /** The subject that stands for the customer: the first one. */
        public String subjectKey() {
            return subjectKey(customer);
        }

        /** The same, before the alert is complete. */
        public static String subjectKey(Customer customer) {
            return customer.subjects().iterator().next();
        }

        @Override
        public AlertKey key() {
            return key(rule, status, threshold);
        }

        /** The same, before feature and customer are known. */
        static AlertKey key(Rule rule, EntitlementStatus status, @Nullable Threshold threshold) {
            Window period = Objects.requireNonNull(status.period(), "a metered entitlement has periods");
            String id = status.entitlement().id();
            String start = period.start().toString();
            return new AlertKey(
                    rule.id(),
                    threshold == null
                            ? List.of("reset", id, start)
                            : List.of(
                                    "balance",
                                    id,
                                    start,
                                    threshold.type(),
                                    threshold.value().toPlainString()));
        }

        @Override
        public Topic topic() {
            return new Topic(feature.id(), feature.key(), subjectKey());
        }
    }

    /** An alert with invented numbers, for a test of the rule. */
    record Sample(Alert of) implements Alert {

        @Override
        public Rule rule() {
            return of.rule();
        }

        @Override
        public AlertKey key() {
            throw new UnsupportedOperationException("samples are not deduplicated");
        }

        @Override
        public Topic topic() {
            return of.topic();
        }
    }
}

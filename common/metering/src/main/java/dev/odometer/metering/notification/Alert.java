package dev.odometer.metering.notification;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceTimes;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An alert that a rule raises, as plain facts. A {@link PayloadWriter} renders it for delivery and the API. */
public sealed interface Alert {

    /** The rule as it was when it was evaluated. */
    Rule rule();

    /** Identifies the alert for deduplication: it is raised once, however often its condition is met. */
    AlertKey key();

    /** The fields by which notifications can be searched. */
    Topic topic();

    /** The usage of a meter by a subject in a window is above a threshold. */
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
     * The balance of a metered entitlement crossed a threshold, or a usage period started.
     *
     * @param subject the entry of {@link #subjectKey}, which a subject may lack
     * @param threshold absent when a usage period started
     */
    record OfEntitlement(
            Rule rule,
            EntitlementStatus status,
            Feature feature,
            Customer customer,
            @Nullable Subject subject,
            @Nullable Threshold threshold)
            implements Alert {

        /** The balance; a metered entitlement always has one. */
        public Balance balance() {
            return Objects.requireNonNull(status.balance(), "a metered entitlement has a balance");
        }

        /** The customer's first subject, which represents the customer. */
        public String subjectKey() {
            return subjectKey(customer);
        }

        /** The same for a customer, without an alert. */
        public static String subjectKey(Customer customer) {
            return customer.subjects().iterator().next();
        }

        @Override
        public AlertKey key() {
            return key(rule, status, threshold);
        }

        /** The key, computed before feature and customer are read. */
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

    /**
     * An invoice was created or changed.
     *
     * @param invoice as it is stored
     */
    record OfInvoice(Rule rule, RuleCondition.OfInvoices condition, Invoice invoice) implements Alert {

        /** An invoice is created once. Its later changes differ in the facts that its status is computed from. */
        @Override
        public AlertKey key() {
            boolean isNew = condition.change() == RuleCondition.OfInvoices.Change.CREATED;
            Stream<String> change = Stream.of("invoice", invoice.id(), isNew ? "created" : "updated");
            return new AlertKey(
                    rule.id(),
                    Stream.concat(change, isNew ? Stream.empty() : facts()).toList());
        }

        private Stream<String> facts() {
            InvoiceTimes times = invoice.times();
            Invoice.Payment payment = invoice.payment();
            return Stream.of(
                            times.updatedAt(),
                            times.collectedAt(),
                            times.approvedAt(),
                            times.issuedAt(),
                            times.voidedAt(),
                            times.deletedAt(),
                            payment == null ? null : payment.report(),
                            payment == null ? null : payment.at())
                    .map(String::valueOf);
        }

        /** The subject is the first one of the customer, as for balances; a customer may have none. */
        @Override
        public Topic topic() {
            return new Topic(
                    null,
                    null,
                    invoice.parties().customer().subjects().stream().findFirst().orElse(null));
        }
    }

    /** An alert with sample values, for a test of the rule. */
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

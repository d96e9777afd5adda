package dev.odometer.views;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.Threshold;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a notification: the body of a webhook, and the payload of the event in the API.
 *
 * @param timestamp when the alert was raised
 */
public record PayloadView(String id, String type, Instant timestamp, Data data) {

    /** The subject matter of the alert. */
    public sealed interface Data permits OfEntitlement, OfUsage, InvoiceView {}

    /**
     * An alert on an entitlement.
     *
     * @param value the result of an access check at the time of the alert
     * @param threshold absent when the alert is for the start of a period
     */
    public record OfEntitlement(
            EntitlementView entitlement,
            FeatureView feature,
            SubjectView subject,
            CustomerView customer,
            EntitlementValue value,
            @Nullable ThresholdView threshold)
            implements Data {}

    /**
     * An alert on the usage of a meter.
     *
     * @param value the meter's usage by the subject in the window
     */
    public record OfUsage(
            MeterRef meter, SubjectRef subject, PeriodView window, BigDecimal value, ThresholdView threshold)
            implements Data {}

    /** The meter of the alert. */
    public record MeterRef(String id, String slug) {}

    /** The subject of the alert, by key: it may have no entry in the subjects list. */
    public record SubjectRef(String key) {}

    /** @param lines whether an invoice has lines */
    static PayloadView of(String id, Instant at, Alert alert, boolean lines) {
        return new PayloadView(id, alert.rule().condition().type(), at, data(at, alert, lines));
    }

    private static Data data(Instant at, Alert alert, boolean lines) {
        if (alert instanceof Alert.Sample sample) {
            return data(at, sample.of(), lines);
        }
        if (alert instanceof Alert.OfInvoice of) {
            return InvoiceView.of(of.invoice(), new InvoiceView.Shown(at, lines, false, true));
        }
        return alert instanceof Alert.OfEntitlement entitlement ? data(entitlement) : data((Alert.OfUsage) alert);
    }

    private static Data data(Alert.OfEntitlement alert) {
        Threshold threshold = alert.threshold();
        return new OfEntitlement(
                EntitlementView.of(
                        alert.status().entitlement(),
                        alert.customer(),
                        alert.subjectKey(),
                        CurrentPeriod.of(alert.status())),
                FeatureView.of(alert.feature()),
                alert.subject() == null ? withoutEntry(alert) : SubjectView.of(alert.subject()),
                CustomerView.of(alert.customer()),
                EntitlementValue.of(alert.status()),
                threshold == null ? null : ThresholdView.of(threshold));
    }

    /** A subject may have no entry, but its id and times are required fields: those of the customer replace them. */
    private static SubjectView withoutEntry(Alert.OfEntitlement alert) {
        Customer customer = alert.customer();
        return new SubjectView(
                customer.id(),
                alert.subjectKey(),
                null,
                null,
                null,
                null,
                null,
                customer.createdAt(),
                customer.updatedAt());
    }

    private static Data data(Alert.OfUsage alert) {
        RuleCondition.OfUsage condition = alert.condition();
        return new OfUsage(
                new MeterRef(condition.meterId(), condition.meterSlug()),
                new SubjectRef(alert.subject()),
                PeriodView.of(alert.window()),
                alert.value(),
                ThresholdView.of(alert.threshold()));
    }
}

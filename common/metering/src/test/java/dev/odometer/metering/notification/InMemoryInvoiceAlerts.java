package dev.odometer.metering.notification;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.resource.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Raises the alerts of rules on invoices in memory. */
public final class InMemoryInvoiceAlerts implements BiConsumer<List<Invoice>, List<Invoice>> {

    private final Notifications notifications;
    private final Supplier<String> ids;
    private final Clock clock;
    private final Supplier<PayloadWriter> payloads;
    private final Set<AlertKey> raised = new HashSet<>();

    public InMemoryInvoiceAlerts(
            Notifications notifications, Supplier<String> ids, Clock clock, Supplier<PayloadWriter> payloads) {
        this.notifications = notifications;
        this.ids = ids;
        this.clock = clock;
        this.payloads = payloads;
    }

    @Override
    public synchronized void accept(List<Invoice> created, List<Invoice> updated) {
        var live = new Notifications.Listing(false, false, false, new PageRequest(1, PageRequest.MAX_SIZE));
        var rules = RuleEvaluation.of(
                notifications.rules(Notifications.RuleFilter.ALL, live).items());
        Instant now = clock.instant();
        for (Alert alert : rules.afterInvoices(created, updated)) {
            if (raised.add(alert.key())) {
                notifications.raise(Notification.of(ids.get(), now, alert, payloads.get()));
            }
        }
    }
}

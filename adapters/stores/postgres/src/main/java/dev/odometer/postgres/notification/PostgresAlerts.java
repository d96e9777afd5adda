package dev.odometer.postgres.notification;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.notification.Alert;
import dev.odometer.metering.notification.CountedUsage;
import dev.odometer.metering.notification.DeliverySignal;
import dev.odometer.metering.notification.RuleEvaluation;
import dev.odometer.postgres.entitlement.ResetListener;
import dev.odometer.postgres.invoice.InvoiceListener;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.usage.Counted;
import dev.odometer.postgres.usage.UsageRules;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Raises alerts in the transaction that counts usage, resets an entitlement or stores an invoice, so that a notification
 * exists exactly if its cause does (ADR 13).
 */
public final class PostgresAlerts implements ResetListener, InvoiceListener {

    private final Database database;
    private final RaisedNotifications raised;
    private final ResetAlerts resets;
    private final Clock clock;
    private final DeliverySignal signal;

    public PostgresAlerts(Database database, RaisedNotifications raised, Clock clock, DeliverySignal signal) {
        this.database = database;
        this.raised = raised;
        this.resets = new ResetAlerts(database, raised);
        this.clock = clock;
        this.signal = signal;
    }

    /** The rules that are live now. */
    public UsageRules liveRules() {
        RuleEvaluation live = LiveRules.read(database);
        return new UsageRules() {
            @Override
            public boolean isEmpty() {
                return !live.isAboutUsage();
            }

            @Override
            public int evaluate(List<Counted> counted) {
                return raise(live, counted);
            }

            @Override
            public void committed(int raised) {
                PostgresAlerts.this.committed(raised);
            }
        };
    }

    private int raise(RuleEvaluation rules, List<Counted> counted) {
        Map<String, LiveMeter> meters = new HashMap<>();
        var usage = new ArrayList<CountedUsage>();
        for (Counted one : counted) {
            String meter = one.meter().reader().meter().id();
            meters.put(meter, one.meter());
            usage.add(new CountedUsage(meter, one.subject(), one.happenedAt()));
        }
        Instant now = clock.instant();
        List<Alert> alerts = rules.afterCounting(usage, now, new PostgresRuleFacts(database, meters));
        return raised.raise(alerts, now);
    }

    @Override
    public int reset(String entitlement, Instant at) {
        return resets.reset(entitlement, at, clock.instant());
    }

    /** Reads the rules once for all invoices, and writes nothing if there is none on invoices. */
    @Override
    public void stored(List<Invoice> created, List<Invoice> updated) {
        if (!created.isEmpty() || !updated.isEmpty()) {
            int count = raised.raise(LiveRules.ofInvoices(database).afterInvoices(created, updated), clock.instant());
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    committed(count);
                }
            });
        }
    }

    /**
     * Raises the alerts of usage periods that have started on schedule, in transactions of its own. Returns their
     * number.
     */
    int raiseStartedPeriods(Instant now) {
        int count = resets.raiseStartedPeriods(now);
        committed(count);
        return count;
    }

    @Override
    public void committed(int notifications) {
        if (notifications > 0) {
            signal.deliveriesDue();
        }
    }
}

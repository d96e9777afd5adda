package dev.odometer.postgres;

import dev.odometer.notification.Alert;
import dev.odometer.notification.CountedUsage;
import dev.odometer.notification.DeliverySignal;
import dev.odometer.notification.RuleEvaluation;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Raises alerts in the transaction that counts usage, so that a notification is there exactly if the usage is. */
final class PostgresAlerts {

    private final Database database;
    private final RaisedNotifications raised;
    private final ResetAlerts resets;
    private final Clock clock;
    private final DeliverySignal signal;

    PostgresAlerts(Database database, RaisedNotifications raised, Clock clock, DeliverySignal signal) {
        this.database = database;
        this.raised = raised;
        this.resets = new ResetAlerts(database, raised);
        this.clock = clock;
        this.signal = signal;
    }

    /** What a meter counted, new, in this transaction. */
    record Counted(LiveMeter meter, String subject, Instant happenedAt) {

        private String meterId() {
            return meter.gauge().meter().id();
        }
    }

    /** How many notifications were raised. */
    int raise(RuleEvaluation rules, List<Counted> counted) {
        Map<String, LiveMeter> meters = new HashMap<>();
        counted.forEach(one -> meters.put(one.meterId(), one.meter()));
        List<CountedUsage> usage = counted.stream()
                .map(one -> new CountedUsage(one.meterId(), one.subject(), one.happenedAt()))
                .toList();
        Instant now = clock.instant();
        List<Alert> alerts = rules.afterCounting(usage, now, new PostgresRuleFacts(database, meters));
        return raised.raise(alerts, now);
    }

    /** In the transaction that resets the entitlement by hand; how many were raised. */
    int reset(String entitlement, Instant at) {
        return resets.reset(entitlement, at, clock.instant());
    }

    /** Of periods that began by themselves, in transactions of its own; how many were raised. */
    int noticeResets(Instant now) {
        int raisedNow = resets.notice(now);
        committed(raisedNow);
        return raisedNow;
    }

    /** After the commit of a transaction that raised so many. */
    void committed(int notifications) {
        if (notifications > 0) {
            signal.deliveriesDue();
        }
    }
}

package dev.odometer.postgres;

import dev.odometer.postgres.RaisedNotifications.Noticed;
import dev.odometer.postgres.entitlement.ResetListener;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.usage.Counted;
import dev.odometer.schedule.WakeUp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Notices in the transaction that counts usage what the live rules look at, so that a notification is there exactly if
 * the usage is. Whoever counts for the same subject waits here for the other's commit, and then sees what it counted:
 * of two writers that cross a threshold only together, the second one notices.
 */
final class Noticing implements ResetListener {

    private final UsageWatch usage;
    private final BalanceWatch balances;
    private final ResetWatch resets;
    private final RaisedNotifications raised;
    private final Clock clock;
    private final Supplier<WakeUp> timer;

    Noticing(Database database, RaisedNotifications raised, Clock clock, Supplier<WakeUp> timer) {
        this.usage = new UsageWatch(database);
        this.balances = new BalanceWatch(database, raised);
        this.resets = new ResetWatch(database, raised, balances);
        this.raised = raised;
        this.clock = clock;
        this.timer = timer;
    }

    /** How many notifications were raised. */
    int notice(LiveRules rules, List<Counted> counted) {
        if (counted.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        List<Noticed> noticed = new ArrayList<>(usage.notice(rules, counted, now));
        noticed.addAll(balances.notice(rules.balances(), counted, now));
        return raised.raise(noticed, now);
    }

    /** In the transaction that resets the entitlement by hand; how many were raised. */
    @Override
    public int reset(String entitlement, Instant at) {
        return resets.reset(entitlement, at, clock.instant());
    }

    /** Periods that began of themselves, in transactions of its own; how many were raised. */
    int noticeResets(Instant now) {
        int raisedNow = resets.notice(now);
        committed(raisedNow);
        return raisedNow;
    }

    /** After the commit: somebody may deliver. */
    @Override
    public void committed(int notifications) {
        if (notifications > 0) {
            timer.get().wake("deliverNotifications");
        }
    }
}

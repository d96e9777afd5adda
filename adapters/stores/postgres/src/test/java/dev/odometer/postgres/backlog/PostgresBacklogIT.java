package dev.odometer.postgres.backlog;

import static dev.odometer.metering.notification.Examples.calls;
import static dev.odometer.metering.notification.Examples.id;
import static dev.odometer.metering.notification.Examples.notification;
import static dev.odometer.metering.notification.Examples.rule;
import static dev.odometer.metering.notification.Examples.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.Rule;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.backlog.PostgresBacklog.Backlog;
import dev.odometer.postgres.rollup.Pace;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresBacklogIT {

    private static final Pace NEVER = new Pace(Integer.MAX_VALUE, Integer.MAX_VALUE, 20_000, Integer.MAX_VALUE);
    private static final long SECOND = 1_000_000;
    private static final String AGO = "(extract(epoch from clock_timestamp()) * 1000000)::bigint - 90000000";

    private PostgresStore store = TestDatabase.emptyStore(Clock.systemUTC(), NEVER);

    @BeforeEach
    void startEmpty() {
        store = TestDatabase.emptyStore(Clock.systemUTC(), NEVER);
    }

    private Backlog backlog() {
        return store.backlog().read();
    }

    private void raiseOnTwoChannels() {
        store.notifications().put(webhook(1));
        store.notifications().put(webhook(2));
        store.notifications().put(rule(3, calls("100"), id(1), id(2)));
        Rule rule = store.notifications().rule(id(3)).orElseThrow();
        store.notifications().raise(notification(10, rule, "acme"));
    }

    @Test
    void nothingWaitsAtFirst() {
        assertThat(backlog()).isEqualTo(new Backlog(0, 0, 0, 0, 0));
    }

    @Test
    void countsDeadLettersOfAllChannels() {
        for (String channel : List.of("usage", "files")) {
            store.deadLetters()
                    .store(List.of(new DeadLetter(
                            channel, "queue", "1", "broken", null, Map.of(), new byte[0], Instant.now())));
        }

        assertThat(backlog().deadLetters()).isEqualTo(2);
    }

    @Test
    void measuresHowLongTheEarliestDeliveryIsOverdue() {
        raiseOnTwoChannels();
        TestDatabase.run("update notification_delivery set ready_at = " + AGO + " where channel_id = '" + id(1) + "'");
        TestDatabase.run("update notification_delivery set ready_at = " + AGO + " + 200000000 where channel_id = '"
                + id(2) + "'");

        assertThat(backlog().deliveries()).isEqualTo(2);
        assertThat(backlog().overdueMicros()).isBetween(90 * SECOND, 150 * SECOND);
    }

    @Test
    void deliveriesThatAreNotDueYetAreNotOverdue() {
        raiseOnTwoChannels();
        TestDatabase.run("update notification_delivery set ready_at = " + AGO + " + 200000000");

        assertThat(backlog().deliveries()).isEqualTo(2);
        assertThat(backlog().overdueMicros()).isZero();
    }

    @Test
    void deliveriesToDisabledChannelsAndFinishedOnesDoNotWait() {
        raiseOnTwoChannels();
        TestDatabase.run("update notification_channel set disabled = true where id = '" + id(1) + "'");
        TestDatabase.run("update notification_delivery set ready_at = null where channel_id = '" + id(2) + "'");

        assertThat(backlog()).isEqualTo(new Backlog(0, 0, 0, 0, 0));
    }

    @Test
    void measuresTheEntriesAndTheAgeOfDeltas() {
        store.meters().add(Examples.meter(Aggregation.SUM));
        store.meters().add(Examples.meter(Aggregation.UNIQUE_COUNT));
        store.usage().append(List.of(Examples.prompt("1", "acme", "2026-01-01T00:00:00Z", "3")));
        TestDatabase.run("update distinct_delta set written_at = " + AGO);

        Backlog backlog = backlog();

        assertThat(backlog.unfolded()).isEqualTo(3);
        assertThat(backlog.unfoldedMicros()).isBetween(90 * SECOND, 150 * SECOND);
    }

    @Test
    void aCompactedDeltaIsAsOldAsTheOldestOfItsEntries() {
        store = TestDatabase.emptyStore(Clock.systemUTC(), new Pace(Integer.MAX_VALUE, 8, 1, 1));
        store.meters().add(Examples.meter(Aggregation.SUM));
        for (int i = 1; i < 8; i++) {
            store.usage().append(List.of(Examples.prompt("" + i, "acme", "2026-01-01T00:00:00Z", "3")));
        }
        TestDatabase.run(
                "update rollup_delta set written_at = " + AGO + " where id = (select max(id) from rollup_delta)");

        store.usage().append(List.of(Examples.prompt("8", "acme", "2026-01-01T00:00:00Z", "3")));

        assertThat(backlog().unfolded()).isEqualTo(1);
        assertThat(backlog().unfoldedMicros()).isBetween(90 * SECOND, 150 * SECOND);
    }

    @Test
    void aDeltaIsAsOldAsItsTransaction() {
        store.meters().add(Examples.meter(Aggregation.SUM));
        store.usage().append(List.of(Examples.prompt("1", "acme", "2026-01-01T00:00:00Z", "3")));

        assertThat(backlog().unfoldedMicros()).isBetween(1L, 60 * SECOND);
    }
}

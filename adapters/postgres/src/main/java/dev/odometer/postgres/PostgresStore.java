package dev.odometer.postgres;

import dev.odometer.customer.Customers;
import dev.odometer.customer.Subjects;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.entitlement.Features;
import dev.odometer.export.Exports;
import dev.odometer.imports.Imports;
import dev.odometer.meter.Meters;
import dev.odometer.notification.Notifications;
import dev.odometer.notification.Outbox;
import dev.odometer.parking.ParkedItems;
import dev.odometer.portal.PortalTokens;
import dev.odometer.resource.Ulid;
import dev.odometer.schedule.TickLog;
import dev.odometer.schedule.WakeUp;
import dev.odometer.usage.UsageEvent;
import dev.odometer.usage.UsageLog;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** All ports on one database. */
public final class PostgresStore {

    private final PostgresMeters meters;
    private final PostgresUsageLog usage;
    private final PostgresCustomers customers;
    private final PostgresSubjects subjects;
    private final PostgresParkedItems parkedItems;
    private final PostgresImports imports;
    private final PostgresTickLog ticks;
    private final PostgresExports exports;
    private final PostgresNotifications notifications;
    private final PostgresOutbox outbox;
    private final PostgresFeatures features;
    private final PostgresEntitlements entitlements;
    private final PostgresPortalTokens portalTokens;

    public PostgresStore(DataSource source, Clock clock) {
        this(source, clock, () -> WakeUp.NONE);
    }

    /** @param timer asked when there is something to deliver */
    public PostgresStore(DataSource source, Clock clock, Supplier<WakeUp> timer) {
        this(source, clock, timer, Rollups.Pace.USUAL);
    }

    PostgresStore(DataSource source, Clock clock, Rollups.Pace pace) {
        this(source, clock, () -> WakeUp.NONE, pace);
    }

    private PostgresStore(DataSource source, Clock clock, Supplier<WakeUp> timer, Rollups.Pace pace) {
        var database = new Database(source);
        var numbers = new SeriesNumbers(database);
        var rollups = new Rollups(database, numbers, pace);
        meters = new PostgresMeters(database, rollups);
        var raised = new RaisedNotifications(database, new Ulid(clock));
        var noticing = new Noticing(database, raised, clock, timer);
        var writer = new EventWriter(database, new CurrentMeters(meters), numbers, noticing, clock);
        usage = new PostgresUsageLog(database, rollups, new AppendQueue(batch -> {
            EventWriter.Written written = writer.write(batch);
            rollups.wrote(written);
            return written;
        }));
        customers = new PostgresCustomers(database);
        subjects = new PostgresSubjects(database);
        parkedItems = new PostgresParkedItems(database);
        imports = new PostgresImports(database, new PostgresImports.Counting() {
            @Override
            public <T> T count(List<UsageEvent> events, Function<BitSet, T> alongside) {
                EventWriter.Along<T> done = writer.write(events, alongside);
                rollups.wrote(done.written());
                return done.result();
            }
        });
        exports = new PostgresExports(database);
        notifications = new PostgresNotifications(database, raised, noticing::noticeResets);
        outbox = new PostgresOutbox(database);
        features = new PostgresFeatures(database);
        entitlements = new PostgresEntitlements(database, rollups, noticing);
        portalTokens = new PostgresPortalTokens(database);
        ticks = new PostgresTickLog(database, source, clock);
    }

    public Meters meters() {
        return meters;
    }

    public UsageLog usage() {
        return usage;
    }

    public Customers customers() {
        return customers;
    }

    public Subjects subjects() {
        return subjects;
    }

    public ParkedItems parkedItems() {
        return parkedItems;
    }

    public Imports imports() {
        return imports;
    }

    public Exports exports() {
        return exports;
    }

    public Notifications notifications() {
        return notifications;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Features features() {
        return features;
    }

    public Entitlements entitlements() {
        return entitlements;
    }

    public PortalTokens portalTokens() {
        return portalTokens;
    }

    public TickLog ticks() {
        return ticks;
    }
}

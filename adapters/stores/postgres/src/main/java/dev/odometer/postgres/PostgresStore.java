package dev.odometer.postgres;

import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.notification.DeliverySignal;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.metering.notification.PayloadWriter;
import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.usage.UsageCompression;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.postgres.archive.ArchiveFiles;
import dev.odometer.postgres.archive.ArchiveLimits;
import dev.odometer.postgres.archive.ArchivedEvents;
import dev.odometer.postgres.archive.PostgresEventArchive;
import dev.odometer.postgres.backlog.PostgresBacklog;
import dev.odometer.postgres.customer.PostgresCustomers;
import dev.odometer.postgres.customer.PostgresSubjects;
import dev.odometer.postgres.deadletter.PostgresDeadLetterStore;
import dev.odometer.postgres.entitlement.PostgresEntitlements;
import dev.odometer.postgres.entitlement.PostgresFeatures;
import dev.odometer.postgres.export.PostgresExports;
import dev.odometer.postgres.handoff.PostgresHandOffs;
import dev.odometer.postgres.imports.PostgresImports;
import dev.odometer.postgres.invoice.PostgresBillingProfiles;
import dev.odometer.postgres.invoice.PostgresInvoices;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Schema;
import dev.odometer.postgres.jdbc.Timeouts;
import dev.odometer.postgres.meter.PostgresMeters;
import dev.odometer.postgres.notification.PostgresAlerts;
import dev.odometer.postgres.notification.PostgresNotifications;
import dev.odometer.postgres.notification.PostgresOutbox;
import dev.odometer.postgres.notification.RaisedNotifications;
import dev.odometer.postgres.portal.PostgresPortalTokens;
import dev.odometer.postgres.pricing.PostgresPlans;
import dev.odometer.postgres.rollup.Compression;
import dev.odometer.postgres.rollup.Pace;
import dev.odometer.postgres.rollup.Rollups;
import dev.odometer.postgres.rollup.SeriesNumbers;
import dev.odometer.postgres.schedule.PostgresTickLog;
import dev.odometer.postgres.subscription.PostgresSubscriptions;
import dev.odometer.postgres.usage.AppendQueue;
import dev.odometer.postgres.usage.CurrentMeters;
import dev.odometer.postgres.usage.DeltaWriter;
import dev.odometer.postgres.usage.EventWriter;
import dev.odometer.postgres.usage.PostgresUsageLog;
import java.time.Clock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** All ports on one database. A port is created on demand, so that a start pays only for the ports it needs. */
public final class PostgresStore {

    private final DataSource source;
    private final Clock clock;
    private final Supplier<PayloadWriter> payloads;
    private final DeliverySignal signal;
    private final Database database;
    private final SeriesNumbers numbers;
    private final Rollups rollups;
    private final PostgresMeters meters;
    private final PostgresUsageLog usage;
    private Timeouts timeouts = Timeouts.NONE;
    private volatile ArchiveFiles archiveFiles = ArchiveFiles.NONE;
    private @Nullable Counting counting;

    /** A store without alerts: an append fails if a rule raises one. */
    public PostgresStore(DataSource source, Clock clock) {
        this(source, clock, PostgresStore::missingPayloadWriter, DeliverySignal.NONE);
    }

    /**
     * @param payloads called when an alert is raised
     * @param signal called when deliveries are due
     */
    public PostgresStore(DataSource source, Clock clock, Supplier<PayloadWriter> payloads, DeliverySignal signal) {
        this(new Schema(source), clock, payloads, signal, Pace.DEFAULT);
    }

    /** A store that refuses work while the schema is known not to fit. */
    PostgresStore(Schema schema, Clock clock, Supplier<PayloadWriter> payloads, DeliverySignal signal) {
        this(schema, clock, payloads, signal, Pace.DEFAULT);
    }

    PostgresStore(DataSource source, Clock clock, Pace pace) {
        this(source, clock, PostgresStore::missingPayloadWriter, DeliverySignal.NONE, pace);
    }

    PostgresStore(DataSource source, Clock clock, Supplier<PayloadWriter> payloads, DeliverySignal signal, Pace pace) {
        this(new Schema(source), clock, payloads, signal, pace);
    }

    private PostgresStore(
            Schema schema, Clock clock, Supplier<PayloadWriter> payloads, DeliverySignal signal, Pace pace) {
        this.source = schema.source();
        this.clock = clock;
        this.payloads = payloads;
        this.signal = signal;
        database = new Database(schema, clock);
        numbers = new SeriesNumbers(database);
        var archived = new ArchivedEvents(database, () -> archiveFiles);
        rollups = new Rollups(database, numbers, archived, pace);
        meters = new PostgresMeters(database, rollups);
        usage = new PostgresUsageLog(
                database, rollups, new AppendQueue(batch -> counting().writer.write(batch)), archived);
    }

    private static PayloadWriter missingPayloadWriter() {
        throw new IllegalStateException("cannot render an alert: no PayloadWriter is configured");
    }

    /** Limits the concurrent queries, and sets the timeouts that the connections of the pool have. */
    public void limit(int queries, Timeouts timeouts) {
        database.limitLongReads(queries);
        database.timeouts(timeouts);
        this.timeouts = timeouts;
    }

    /** Sets where archived events are read and written. */
    public void archiveIn(ArchiveFiles files) {
        archiveFiles = files;
    }

    /** Limits the meters of an event type. */
    public void limitMetersPerEventType(int maximum) {
        meters.limitPerEventType(maximum);
    }

    /**
     * Limits the concurrent reads of balances; by default only the pool limits them. If the database shares the
     * processors with this process, their number is best.
     */
    public void limitShortReads(int maximum) {
        database.limitShortReads(maximum);
    }

    /**
     * The parts that count usage and raise alerts. There is one instance of each, since they cache state: the meters,
     * and whether a fold is due.
     */
    private record Counting(
            EventWriter writer, DeltaWriter deltas, PostgresAlerts alerts, RaisedNotifications raised) {}

    private synchronized Counting counting() {
        if (counting == null) {
            var raised = new RaisedNotifications(database, new Ulid(clock), payloads);
            var alerts = new PostgresAlerts(database, raised, clock, signal);
            var current = new CurrentMeters(database, alerts::liveRules);
            var writer = new EventWriter(database, current, numbers, rollups, clock);
            var deltas = new DeltaWriter(database, current, numbers, rollups);
            counting = new Counting(writer, deltas, alerts, raised);
        }
        return counting;
    }

    public Meters meters() {
        return meters;
    }

    public UsageLog usage() {
        return usage;
    }

    /** For an engine that aggregates events outside of the database. */
    public DeltaWriter deltas() {
        return counting().deltas;
    }

    public Customers customers() {
        return new PostgresCustomers(database);
    }

    public Subjects subjects() {
        return new PostgresSubjects(database);
    }

    public DeadLetterStore deadLetters() {
        return new PostgresDeadLetterStore(database);
    }

    public PostgresBacklog backlog() {
        return new PostgresBacklog(database);
    }

    public Imports imports() {
        return new PostgresImports(database, () -> counting().writer);
    }

    public UsageCompression compression() {
        return new Compression(database);
    }

    public EventArchive archive() {
        return archive(ArchiveLimits.DEFAULT);
    }

    EventArchive archive(ArchiveLimits limits) {
        return new PostgresEventArchive(database, archiveFiles, limits, rollups::backfillStep);
    }

    public Exports exports() {
        return new PostgresExports(database);
    }

    public Notifications notifications() {
        return new PostgresNotifications(database, counting().raised, counting().alerts);
    }

    public Outbox outbox() {
        return new PostgresOutbox(database);
    }

    public Features features() {
        return new PostgresFeatures(database);
    }

    public Entitlements entitlements() {
        return new PostgresEntitlements(database, rollups, counting().alerts);
    }

    public Subscriptions subscriptions() {
        return new PostgresSubscriptions(database);
    }

    public BillingProfiles billingProfiles() {
        return new PostgresBillingProfiles(database);
    }

    public Invoices invoices() {
        return new PostgresInvoices(database, new Ulid(clock), counting().alerts);
    }

    public HandOffs handOffs() {
        return new PostgresHandOffs(database);
    }

    public Plans plans() {
        return new PostgresPlans(database);
    }

    public PortalTokens portalTokens() {
        return new PostgresPortalTokens(database);
    }

    public TickLog ticks() {
        return new PostgresTickLog(database, source, clock, timeouts);
    }
}

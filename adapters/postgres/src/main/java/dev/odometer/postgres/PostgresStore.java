package dev.odometer.postgres;

import dev.odometer.customer.Customers;
import dev.odometer.customer.Subjects;
import dev.odometer.export.Exports;
import dev.odometer.imports.Imports;
import dev.odometer.meter.Meters;
import dev.odometer.parking.ParkedItems;
import dev.odometer.portal.PortalTokens;
import dev.odometer.schedule.TickLog;
import dev.odometer.usage.UsageEvent;
import dev.odometer.usage.UsageLog;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
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
    private final PostgresPortalTokens portalTokens;

    public PostgresStore(DataSource source, Clock clock) {
        this(source, clock, Rollups.Pace.USUAL);
    }

    PostgresStore(DataSource source, Clock clock, Rollups.Pace pace) {
        var database = new Database(source);
        var numbers = new SeriesNumbers(database);
        var rollups = new Rollups(database, numbers, pace);
        meters = new PostgresMeters(database, rollups);
        var writer = new EventWriter(database, new CurrentMeters(meters), numbers, clock);
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

    public PortalTokens portalTokens() {
        return portalTokens;
    }

    public TickLog ticks() {
        return ticks;
    }
}

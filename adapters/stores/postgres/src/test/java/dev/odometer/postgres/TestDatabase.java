package dev.odometer.postgres;

import dev.odometer.functions.file.FileStore;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.notification.AlertingStore;
import dev.odometer.metering.notification.DeliverySignal;
import dev.odometer.metering.notification.ExamplePayloads;
import dev.odometer.postgres.archive.ArchiveFiles;
import dev.odometer.postgres.archive.ArchiveLimits;
import dev.odometer.postgres.rollup.Pace;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;

/** Real PostgreSQL for tests, started once per JVM. Each store gets empty tables. */
public final class TestDatabase {

    private static final EmbeddedPostgres SERVER = start();
    private static final DataSource SOURCE = migrated();

    private TestDatabase() {}

    private static EmbeddedPostgres start() {
        try {
            // The crash test verifies durability; the other tests need speed.
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "50")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DataSource migrated() {
        var config = new com.zaxxer.hikari.HikariConfig();
        config.setDataSource(SERVER.getPostgresDatabase());
        config.setMaximumPoolSize(20);
        var source = new com.zaxxer.hikari.HikariDataSource(config);
        Migrations.apply(source);
        run(source, "create table initial_profile as table billing_profile");
        return source;
    }

    public static DataSource source() {
        return SOURCE;
    }

    /** Creates an empty database. */
    public static DataSource newDatabase(String name) {
        run("create database " + name);
        return SERVER.getDatabase("postgres", name);
    }

    public static String url() {
        return SERVER.getJdbcUrl("postgres", "postgres");
    }

    /** A store on empty tables. */
    public static PostgresStore emptyStore(Clock clock) {
        return emptyStore(clock, Pace.DEFAULT);
    }

    /** A store on empty tables with a signal of due deliveries. */
    public static PostgresStore emptyStore(Clock clock, DeliverySignal signal) {
        emptyStore(clock);
        return new PostgresStore(SOURCE, clock, ExamplePayloads::new, signal);
    }

    /** A store on the tables as they are. */
    public static PostgresStore store(DataSource source, Clock clock, Pace pace) {
        return new PostgresStore(source, clock, ExamplePayloads::new, DeliverySignal.NONE, pace);
    }

    /** The ports that tests of alerts need. */
    public static AlertingStore alerting(PostgresStore store) {
        return new AlertingStore(
                store.meters(),
                store.usage(),
                store.customers(),
                store.subjects(),
                store.features(),
                store.entitlements(),
                store.notifications());
    }

    public static PostgresStore emptyStore(Clock clock, Pace pace) {
        // Most tables are empty or small. A truncation creates files, and makes all statements be planned again.
        run("""
                do $$
                declare
                    name text;
                    has_rows boolean;
                    large text[] := '{}';
                begin
                    -- Without foreign keys, and without the rules that keep issued invoices.
                    perform set_config('session_replication_role', 'replica', true);
                    foreach name in array '{usage_event, meter, series, rollup_delta, distinct_delta, rollup_minute,
                        rollup_hour, rollup_day, rollup_month, rollup_compressed, distinct_minute, distinct_hour,
                        distinct_day, distinct_month, customer, customer_name, subject, parked_item, usage_import,
                        usage_import_rejected, schedule, usage_export, portal_token, notification_channel,
                        notification_rule, notification, notification_delivery, notification_attempt,
                        notification_period, notification_told, feature, entitlement, entitlement_grant,
                        entitlement_reset, plan, subscription, customer_override, billing_due, manual_item, gathering,
                        invoice, invoice_line, invoice_hand_off, billing_profile, invoice_series, archive_part,
                        archive_block, archive_identity, archive_era, archive_leftover, archive_hold, delta_source}'::text[]
                    loop
                        execute format('select exists (select from %I)', name) into has_rows;
                        if has_rows and pg_table_size(name::regclass) > 1000000 then
                            large := large || name;
                        elsif has_rows then
                            execute format('delete from %I', name);
                        end if;
                    end loop;
                    if large <> '{}' then
                        execute 'truncate ' || array_to_string(large, ', ') || ' cascade';
                    end if;
                    perform set_config('session_replication_role', 'origin', true);
                end $$;
                update archive_range set first_at = null, last_at = null;
                update meter_version set has_archive = false;
                insert into billing_profile select * from initial_profile;
                insert into invoice_series (profile_id, next) select id, 1 from billing_profile
                """);
        return store(clock, pace);
    }

    /** A store on the tables as they are. */
    public static PostgresStore store(Clock clock, Pace pace) {
        return store(SOURCE, clock, pace);
    }

    /** The archive of a store, in the container {@code archive} of a file store. */
    public static EventArchive archive(PostgresStore store, FileStore files, ArchiveLimits limits) {
        store.archiveIn(new ArchiveFiles(() -> Optional.of(files), "archive", "events/"));
        return store.archive(limits);
    }

    /** The ports that tests of entitlements need. */
    public static EntitlementStores house(PostgresStore store) {
        return new EntitlementStores(
                store.meters(), store.usage(), store.customers(), store.features(), store.entitlements());
    }

    public static void run(String sql) {
        run(SOURCE, sql);
    }

    private static void run(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

package dev.odometer.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.backup.Backups;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.health.ReadinessCheck;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.notification.DeliverySignal;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.metering.notification.PayloadWriter;
import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.metering.usage.UsageCompression;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.postgres.backup.PostgresBackups;
import dev.odometer.postgres.jdbc.OpenConnections;
import dev.odometer.postgres.jdbc.Schema;
import dev.odometer.postgres.jdbc.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The ports as beans, on the database of {@code odometer.database.url} (a {@code jdbc:postgresql:} URL) with {@code
 * .user}, {@code .password} and {@code .pool-size} (10). {@code .short-reads} (0) limits the concurrent reads of
 * balances; 0 stands for no limit but the pool. The server cancels a statement after {@code .statement-timeout} (15s),
 * or {@code .long-statement-timeout} (5m) in folds, backfills and imports; 0 stands for none. {@code
 * odometer.database.migrate} (false) migrates the schema at start: for a long-running service, not for a function that
 * starts a thousand times. With {@code odometer.cold-start} the first connection is opened in parallel with the rest of
 * the start. Ports that are not injected are not created.
 */
@AutoConfiguration
@Import({ArchivePort.class, BillingPorts.class, DatabaseMetrics.class})
public class PostgresConfiguration {

    private static final String PREFIX = "odometer.database.";
    private static final Pattern SCHEME = Pattern.compile("jdbc:[a-z0-9]+:|[a-z][a-z0-9+.-]*:(?=//)");
    /** More than a server of PostgreSQL accepts without a pooler in front of it. */
    private static final int MAX_POOL_SIZE = 10_000;

    private static final int CONNECT_SECONDS = 5;
    private static final int CANCEL_SECONDS = 2;
    private static final Duration MAX_TIMEOUT = Duration.ofHours(24);
    private static final int APPEND_LANES = 2;

    private final ObjectProvider<PayloadWriter> payloads;
    private final ObjectProvider<DeliverySignal> signal;
    private @Nullable Schema schema;

    PostgresConfiguration(ObjectProvider<PayloadWriter> payloads, ObjectProvider<DeliverySignal> signal) {
        this.payloads = payloads;
        this.signal = signal;
    }

    private static Settings settings(Environment environment) {
        return new Settings(environment::getProperty);
    }

    /** The part of the URL that cannot contain a password. */
    private static String scheme(String url) {
        Matcher scheme = SCHEME.matcher(url);
        return scheme.lookingAt() ? scheme.group() : "something else";
    }

    /**
     * The pool of the configured database; an application may bring its own {@code DataSource} instead.
     *
     * @throws StartRefusal if the URL is missing or is not one of PostgreSQL
     */
    @Bean
    @ConditionalOnMissingBean(DataSource.class)
    HikariDataSource odometerDataSource(Environment environment) {
        String url = environment.getProperty(PREFIX + "url", "");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new StartRefusal(
                    url.isBlank()
                            ? "No database is configured: ODOMETER_DATABASE_URL (odometer.database.url) is not set."
                            : "odometer.database.url must begin with jdbc:postgresql: but begins with " + scheme(url),
                    "Set ODOMETER_DATABASE_URL to jdbc:postgresql://HOST:PORT/DATABASE, ODOMETER_DATABASE_USER and"
                            + " ODOMETER_DATABASE_PASSWORD.");
        }
        var config = new HikariConfig();
        config.setPoolName("odometer");
        config.setJdbcUrl(url);
        config.setUsername(environment.getProperty(PREFIX + "user"));
        config.setPassword(environment.getProperty(PREFIX + "password"));
        config.setMaximumPoolSize(poolSize(environment));
        // Idle connections are closed: many small functions would otherwise occupy the connections of one server.
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Duration.ofSeconds(CONNECT_SECONDS).toMillis());
        // An unreachable database is reported per request; only migrations need it at start.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", "odometer");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        Timeouts timeouts = timeouts(environment);
        config.setConnectionInitSql(timeouts.setUp());
        config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        config.addDataSourceProperty("cancelSignalTimeout", String.valueOf(CANCEL_SECONDS));
        config.addDataSourceProperty("socketTimeout", String.valueOf(timeouts.socketSeconds()));
        return settings(environment).flag("odometer.cold-start", false)
                ? openingInBackground(config)
                : new HikariDataSource(config);
    }

    private static int poolSize(Environment environment) {
        return settings(environment).number(PREFIX + "pool-size", 10, 1, MAX_POOL_SIZE);
    }

    private static Timeouts timeouts(Environment environment) {
        Settings settings = settings(environment);
        return new Timeouts(
                settings.duration(PREFIX + "statement-timeout", Duration.ofSeconds(15), Duration.ZERO, MAX_TIMEOUT),
                settings.duration(
                        PREFIX + "long-statement-timeout", Duration.ofMinutes(5), Duration.ZERO, MAX_TIMEOUT));
    }

    /**
     * Without a configuration in its constructor, the pool also starts with the first connection, in the other thread.
     */
    private HikariDataSource openingInBackground(HikariConfig config) {
        var source = new HikariDataSource();
        config.copyStateTo(source);
        var compared = new Schema(source);
        schema = compared;
        // The first statement compares the schema: platforms without a readiness probe need its result. If the database
        // is unreachable, the first request reports the error.
        var first = new Thread(compared::problem, "first-connection");
        first.setDaemon(true);
        first.start();
        return source;
    }

    /** One instance, so that a difference found by the first connection or by a readiness probe applies to requests. */
    private synchronized Schema schema(DataSource source) {
        if (schema == null || schema.source() != source) {
            schema = new Schema(source);
        }
        return schema;
    }

    @Bean
    @ConditionalOnBean(HikariDataSource.class)
    OpenConnections openConnections(HikariDataSource pool, ApplicationContext application) {
        return new OpenConnections(pool, (ConfigurableApplicationContext) application);
    }

    @Bean
    PostgresStore postgresStore(
            DataSource source, ObjectProvider<Clock> clock, ObjectProvider<FileStore> files, Environment environment) {
        if (settings(environment).flag(PREFIX + "migrate", false)) {
            Migrations.apply(source);
        }
        // The delivery code depends on the store, so it is looked up only when there is something to deliver.
        var store = new PostgresStore(
                schema(source),
                clock.getIfAvailable(Clock::systemUTC),
                payloads::getObject,
                () -> signal.getIfAvailable(() -> DeliverySignal.NONE).deliveriesDue());
        // The other connections are for the two lanes of the appends.
        store.limit(Math.max(1, poolSize(environment) - APPEND_LANES), timeouts(environment));
        store.limitMetersPerEventType(settings(environment)
                .number("odometer.max-meters-per-event-type", Meters.MAX_PER_EVENT_TYPE, 1, 10_000));
        store.archiveIn(ArchivePort.files(environment, files));
        int shortReads = settings(environment).number(PREFIX + "short-reads", 0, 0, Integer.MAX_VALUE);
        if (shortReads > 0) {
            store.limitShortReads(shortReads);
        }
        return store;
    }

    @Bean
    @Lazy
    ReadinessCheck schemaCheck(DataSource source) {
        return schema(source);
    }

    @Bean
    @Lazy
    Backups backups(DataSource source) {
        return new PostgresBackups(source, Migrations::apply);
    }

    @Bean
    @Lazy
    Meters meters(PostgresStore store) {
        return store.meters();
    }

    @Bean
    @Lazy
    UsageLog usageLog(PostgresStore store) {
        return store.usage();
    }

    @Bean
    @Lazy
    Customers customers(PostgresStore store) {
        return store.customers();
    }

    @Bean
    @Lazy
    Subjects subjects(PostgresStore store) {
        return store.subjects();
    }

    @Bean
    @Lazy
    DeadLetterStore deadLetterStore(PostgresStore store) {
        return store.deadLetters();
    }

    @Bean
    @Lazy
    Imports imports(PostgresStore store) {
        return store.imports();
    }

    @Bean
    @Lazy
    UsageCompression usageCompression(PostgresStore store) {
        return store.compression();
    }

    @Bean
    @Lazy
    Exports exports(PostgresStore store) {
        return store.exports();
    }

    @Bean
    @Lazy
    Notifications notifications(PostgresStore store) {
        return store.notifications();
    }

    @Bean
    @Lazy
    Outbox outbox(PostgresStore store) {
        return store.outbox();
    }

    @Bean
    @Lazy
    Features features(PostgresStore store) {
        return store.features();
    }

    @Bean
    @Lazy
    Entitlements entitlements(PostgresStore store) {
        return store.entitlements();
    }

    @Bean
    @Lazy
    PortalTokens portalTokens(PostgresStore store) {
        return store.portalTokens();
    }

    @Bean
    @Lazy
    TickLog tickLog(PostgresStore store) {
        return store.ticks();
    }
}

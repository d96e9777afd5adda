package dev.odometer.postgres.subscription;

import static dev.odometer.metering.subscription.SubscriptionExamples.SSO;
import static dev.odometer.metering.subscription.SubscriptionExamples.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementSearch;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionSearch;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.PostgresStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes, and the connections of processes in the server, that write subscriptions of one customer. It has at
 * most one subscription and one entitlement to a feature at any time, and each subscription has its entitlements.
 */
@Tag("long")
class SubscriptionsCrashIT {

    private static final int ROUNDS = 12;
    private static final int PROCESSES = 2;

    private final long seed = System.nanoTime();

    @TempDir
    Path folder;

    @Test
    void aCustomerHasOneSubscriptionWhenProcessesAreKilled() throws Exception {
        var random = new Random(seed);
        try (var server = EmbeddedPostgres.builder().start()) {
            DataSource source = server.getPostgresDatabase();
            PostgresStore store = prepared(source);
            Path log = folder.resolve("processes.log");
            List<Process> processes = new ArrayList<>();
            try {
                for (int i = 0; i < PROCESSES; i++) {
                    processes.add(SubscriberProcess.start(server.getJdbcUrl("postgres", "postgres"), log));
                }
                for (int round = 0; round < ROUNDS; round++) {
                    TimeUnit.MILLISECONDS.sleep(1500 + random.nextInt(1500));
                    if (random.nextBoolean()) {
                        killConnections(source);
                    } else {
                        int victim = random.nextInt(PROCESSES);
                        processes.get(victim).destroyForcibly().waitFor();
                        processes.set(victim, SubscriberProcess.start(server.getJdbcUrl("postgres", "postgres"), log));
                    }
                }
            } finally {
                for (Process process : processes) {
                    process.destroyForcibly().waitFor();
                }
            }
            check(store, Files.readString(log));
        }
    }

    private static PostgresStore prepared(DataSource source) {
        Migrations.apply(source);
        var store = new PostgresStore(source, Clock.systemUTC());
        store.meters().add(Examples.meter(Aggregation.SUM));
        store.features().add(TOKENS);
        store.features().add(SSO);
        for (String id : SubscriberProcess.CUSTOMERS) {
            store.customers()
                    .add(new Customer(
                            id,
                            id,
                            id,
                            null,
                            List.of(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            Map.of(),
                            Lifecycle.created(Instant.now())));
        }
        return store;
    }

    /** Ends the server's processes of all other connections, in whatever they do. */
    private static void killConnections(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet killed =
                        statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                + " where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
            killed.next();
        }
    }

    private void check(PostgresStore store, String log) {
        int sum = 0;
        for (String customer : SubscriberProcess.CUSTOMERS) {
            List<Subscription> all = subscriptions(store, customer);
            sum += all.size();
            for (int i = 0; i < all.size(); i++) {
                for (Subscription later : all.subList(i + 1, all.size())) {
                    assertThat(all.get(i).overlaps(later))
                            .as("seed %d: %s and %s", seed, all.get(i), later)
                            .isFalse();
                }
            }
            List<Entitlement> entitlements = entitlements(store, customer);
            assertThat(times(entitlements))
                    .as("seed %d", seed)
                    .isEqualTo(times(all.stream()
                            .flatMap(one -> one.entitlements().stream())
                            .toList()));
            assertThat(entitlements.stream().filter(one -> entitlements.stream().anyMatch(one::conflictsWith)))
                    .as("seed %d", seed)
                    .isEmpty();
        }
        System.out.printf("seed %d: %d subscriptions of a customer%n", seed, sum);
        assertThat(log)
                .as("the lock decides; the unique index only holds if it does not")
                .doesNotContain("DuplicateKeyException");
        assertThat(sum).as("subscriptions that were added: %s", log).isGreaterThan(ROUNDS);
    }

    private static Set<String> times(List<Entitlement> entitlements) {
        return entitlements.stream()
                .filter(one -> one.managed() != null)
                .map(one -> one.id() + " " + one.managed() + " " + one.terms())
                .collect(Collectors.toSet());
    }

    private static List<Subscription> subscriptions(PostgresStore store, String customer) {
        var all = new ArrayList<Subscription>();
        for (int page = 1; all.size() == (page - 1) * PageRequest.MAX_SIZE; page++) {
            all.addAll(store.subscriptions()
                    .list(new SubscriptionSearch(
                            customer,
                            Set.of(),
                            Instant.now(),
                            SubscriptionSearch.Order.ACTIVE_FROM,
                            false,
                            new PageRequest(page, PageRequest.MAX_SIZE)))
                    .items());
        }
        return all;
    }

    private static List<Entitlement> entitlements(PostgresStore store, String customer) {
        var all = new ArrayList<Entitlement>();
        for (int page = 1; all.size() == (page - 1) * PageRequest.MAX_SIZE; page++) {
            all.addAll(store.entitlements()
                    .list(new EntitlementSearch(
                            List.of(customer),
                            List.of(),
                            List.of(),
                            false,
                            null,
                            EntitlementSearch.Order.CREATED_AT,
                            false,
                            new PageRequest(page, PageRequest.MAX_SIZE)))
                    .items());
        }
        return all;
    }
}

package dev.odometer.postgres.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceSearch;
import dev.odometer.metering.invoice.InvoiceStatus;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.PostgresStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Kills processes, and the connections of processes in the server, that draft, issue and void invoices while usage
 * arrives. Each item is billed once, and the numbers have no gaps. A long run: {@code -Dinvoices.rounds=50}.
 */
class InvoicesCrashIT {

    private static final int ROUNDS = Integer.getInteger("invoices.rounds", 5);
    private static final int PROCESSES = 2;
    private static final int MAX_DAYS = 100;

    private final long seed = System.nanoTime();

    @TempDir
    Path folder;

    @Test
    void billsEachItemOnceWhenProcessesAreKilled() throws Exception {
        var random = new Random(seed);
        try (var server = EmbeddedPostgres.builder().start()) {
            DataSource source = server.getPostgresDatabase();
            Migrations.apply(source);
            var store = new PostgresStore(source, Clock.systemUTC());
            BillingWorld.prepare(store);
            Path log = folder.resolve("processes.log");
            Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            List<Process> processes = new ArrayList<>();
            try {
                for (int i = 0; i < PROCESSES; i++) {
                    processes.add(IssuerProcess.start(server.getJdbcUrl("postgres", "postgres"), began, log));
                }
                for (int round = 0; round < ROUNDS; round++) {
                    TimeUnit.MILLISECONDS.sleep(2500 + random.nextInt(1500));
                    if (random.nextInt(3) == 0) {
                        killConnections(JdbcClient.create(source));
                    } else {
                        int victim = random.nextInt(PROCESSES);
                        processes.get(victim).destroyForcibly().waitFor();
                        processes.set(
                                victim, IssuerProcess.start(server.getJdbcUrl("postgres", "postgres"), began, log));
                    }
                }
                TimeUnit.SECONDS.sleep(2);
            } finally {
                for (Process process : processes) {
                    process.destroyForcibly().waitFor();
                }
            }
            finish(store, IssuerProcess.time(began));
            check(store, JdbcClient.create(source), Files.readString(log));
        }
    }

    /** Terminates the server processes of all other connections, including those with a running statement. */
    private static void killConnections(JdbcClient sql) {
        sql.sql("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid()")
                .query(row -> {});
    }

    private static Settlement.Request request(Instant now) {
        return new Settlement.Request(now, now, false, Set.of(), IssuerProcess.HORIZON);
    }

    /** Ends all subscriptions, and lets the days pass until nothing is due. */
    private static void finish(PostgresStore store, Instant end) {
        for (Subscription open : store.subscriptions().open(BillingWorld.customerIds(), end)) {
            store.subscriptions()
                    .change(
                            open.id(),
                            stored -> stored.activeTo() == null
                                    ? stored.canceled(new Timing.Immediate(), end)
                                    : stored.uncanceled(end).canceled(new Timing.Immediate(), end));
        }
        Invoices invoices = store.invoices();
        for (int day = 0; day < MAX_DAYS; day++) {
            Instant now = end.plus(Duration.ofDays(day));
            while (invoices.settleDue(request(now), 5) + invoices.collectDue(request(now), 5) + issued(invoices, now)
                    > 0) {
                assertThat(day).isLessThan(MAX_DAYS);
            }
        }
        Instant last = end.plus(Duration.ofDays(MAX_DAYS));
        assertThat(invoices.settle(BillingWorld.customerIds(), request(last)))
                .as("nothing was due that was not marked")
                .isEmpty();
    }

    private static int issued(Invoices invoices, Instant now) {
        var search = new InvoiceSearch(
                Set.of(),
                Set.of(InvoiceStatus.DRAFT_MANUAL_APPROVAL_NEEDED),
                InvoiceSearch.Between.ANY,
                InvoiceSearch.Between.ANY,
                InvoiceSearch.Between.ANY,
                false,
                now,
                InvoiceSearch.Order.CREATED_AT,
                false,
                new PageRequest(1, 10));
        List<Invoice> waiting = invoices.list(search).items();
        waiting.forEach(draft -> invoices.approve(draft.id(), now));
        return waiting.size() + invoices.issueDue(now, 5);
    }

    private void check(PostgresStore store, JdbcClient sql, String log) {
        Map<String, BigDecimal> billed = billed(sql);
        System.out.printf(
                "seed %d: %d kills, %d invoices, %d lines, %d events%n",
                seed, ROUNDS, count(sql, "invoice"), count(sql, "invoice_line"), count(sql, "usage_event"));
        assertThat(billed).as("seed %d", seed).isEqualTo(BillingOracle.owed(store, sql));
        assertThat(sql.sql("select count(*) from invoice where issued_at is null")
                        .query(Long.class)
                        .single())
                .isZero();
        for (String profile :
                sql.sql("select id from billing_profile").query(String.class).list()) {
            checkNumbers(sql, profile);
        }
        assertThat(sql.sql("""
                        select line_key from invoice_line group by line_key
                        having count(*) <> max(revision) + 1 or min(revision) <> 0
                        """).query(String.class).list())
                .as("revisions are numbered without gaps")
                .isEmpty();
        assertThat(log)
                .as("locks prevent duplicates, so no unique key is violated")
                .doesNotContain("DuplicateKeyException");
        assertThat(count(sql, "invoice")).as("invoices that were made: %s", log).isGreaterThan(ROUNDS);
    }

    private static long count(JdbcClient sql, String table) {
        return sql.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static void checkNumbers(JdbcClient sql, String profile) {
        List<Long> numbers = sql.sql("select number from invoice where profile_id = :id order by number")
                .param("id", profile)
                .query(Long.class)
                .list();
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        assertThat(sql.sql("select next from invoice_series where profile_id = :id")
                        .param("id", profile)
                        .query(Long.class)
                        .single())
                .isEqualTo(numbers.size() + 1);
    }

    /** The sum of the lines that count by item, without those that cost nothing. */
    private static Map<String, BigDecimal> billed(JdbcClient sql) {
        var billed = new TreeMap<String, BigDecimal>();
        sql.sql("""
                        select l.line_key, sum(l.total) as total from invoice_line l join invoice i on i.id = l.invoice_id
                        where not i.is_released group by l.line_key having sum(l.total) <> 0
                        """).query(row -> {
            billed.put(row.getString("line_key"), row.getBigDecimal("total"));
        });
        return billed;
    }
}

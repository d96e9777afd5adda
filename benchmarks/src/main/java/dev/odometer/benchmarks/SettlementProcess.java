package dev.odometer.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.postgres.PostgresStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import javax.sql.DataSource;

/**
 * Settles all customers each time that it reads a line with a time, in a JVM of its own, whose memory is measured.
 * Answers with a line of figures.
 */
final class SettlementProcess {

    static final int BATCH = 1000;

    private static final CalendarDuration HORIZON = CalendarDuration.parse("horizon", "P3M");
    private static final AtomicLong STATEMENTS = new AtomicLong();

    private SettlementProcess() {}

    public static void main(String[] arguments) {
        var config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername("postgres");
        config.setPassword(arguments[1]);
        config.setMaximumPoolSize(2);
        Invoices invoices = new PostgresStore(counting(new HikariDataSource(config)), Clock.systemUTC()).invoices();
        var input = new Scanner(System.in, StandardCharsets.UTF_8);
        while (input.hasNextLine()) {
            Instant now = Instant.parse(input.nextLine());
            var request = new Settlement.Request(now, now, false, Set.of(), HORIZON);
            Instant collection = now.plus(Duration.ofHours(1));
            var later = new Settlement.Request(collection, collection, false, Set.of(), HORIZON);
            System.out.printf(
                    Locale.ROOT,
                    "%s %s %s%n",
                    measured(() -> invoices.settleDue(request, BATCH)),
                    measured(() -> invoices.collectDue(later, BATCH)),
                    measured(() -> invoices.issueDue(collection, BATCH)));
        }
    }

    /** The number of items, seconds, and statements, of repeated steps until nothing is left. */
    private static String measured(IntSupplier step) {
        STATEMENTS.set(0);
        long start = System.nanoTime();
        int count = 0;
        int some = step.getAsInt();
        while (some > 0) {
            count += some;
            some = step.getAsInt();
        }
        return count + " " + (System.nanoTime() - start) / 1e9 + " " + STATEMENTS.get();
    }

    private static DataSource counting(DataSource source) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Object result = invoked(source, method, arguments);
                    return result instanceof Connection connection ? counting(connection) : result;
                });
    }

    private static Connection counting(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            || method.getName().equals("createStatement")) {
                        STATEMENTS.incrementAndGet();
                    }
                    return invoked(connection, method, arguments);
                });
    }

    private static Object invoked(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof SQLException ? failed.getCause() : failed;
        }
    }
}

package dev.odometer.postgres.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import org.springframework.context.Lifecycle;

/**
 * Closes the pool's connections when the application stops, which it also does before a snapshot is made of it: no
 * connection would survive in there. The pool stays, and opens others when they are needed.
 */
public final class OpenConnections implements Lifecycle {

    private static final Duration MAX_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final HikariDataSource pool;

    public OpenConnections(HikariDataSource pool) {
        this.pool = pool;
    }

    @Override
    public void start() {
        // A connection is opened when one is needed.
    }

    @Override
    public void stop() {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        connections.softEvictConnections();
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        try {
            while (connections.getTotalConnections() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return pool.isRunning();
    }
}

package dev.odometer.postgres.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import org.springframework.context.Lifecycle;

/**
 * Closes the pool's connections when the application stops, and before a snapshot of the process is taken (SnapStart,
 * CRaC), since no connection survives in a snapshot. The pool remains usable and opens new connections on demand.
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
        // Connections are opened on demand.
    }

    @Override
    public void stop() {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        // Idle connections are closed at once, those in use when they are returned. The wait for them is limited, since
        // the platform limits the time of a stop.
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

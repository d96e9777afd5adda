package dev.odometer.postgres.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Closes the pool's connections when the application stops, and before a snapshot of the process is taken (SnapStart,
 * CRaC), since no connection survives in a snapshot. The pool remains usable and opens new connections on demand.
 *
 * <p>When the application is closed, the work in progress has {@link #MAX_WORK} to complete. Then its connections are
 * closed too: a platform kills a process that waits longer for a database that has stalled.
 */
public final class OpenConnections implements Lifecycle {

    private static final Duration MAX_WORK = Duration.ofSeconds(8);
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final HikariDataSource pool;

    /** It registers its listener itself: a bean that listens would be created, with the pool, when a command closes. */
    public OpenConnections(HikariDataSource pool, ConfigurableApplicationContext application) {
        this.pool = pool;
        application.addApplicationListener(new Closing(application));
    }

    /** Called at the start of the shutdown, before the components that accept requests wait for those in progress. */
    private final class Closing implements ApplicationListener<ContextClosedEvent> {

        private final ApplicationContext application;

        Closing(ApplicationContext application) {
            this.application = application;
        }

        @Override
        public void onApplicationEvent(ContextClosedEvent closed) {
            // Child contexts, such as those of Kafka's binder, publish their events to this one.
            if (closed.getApplicationContext().equals(application)) {
                var end = new Thread(OpenConnections.this::endWork, "end-of-statements");
                end.setDaemon(true);
                end.start();
            }
        }
    }

    private void endWork() {
        try {
            TimeUnit.NANOSECONDS.sleep(MAX_WORK.toNanos());
            pool.close();
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
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

package dev.odometer.kafka.worker;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.postgres.Migrations;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A platform that all tests of a class share. JUnit creates an instance per test: a pool of each of them would exceed
 * the connections of a server.
 */
final class SharedPlatform implements AutoCloseable {

    static final int POOL_SIZE = 4;

    private final Supplier<Addresses> addresses;
    private @Nullable Platform platform;
    private @Nullable HikariDataSource pool;

    /** The broker and the database. */
    record Addresses(String servers, String url, String user, String password) {}

    /** @param addresses called when the first test needs them, because containers have no addresses before they start */
    SharedPlatform(Supplier<Addresses> addresses) {
        this.addresses = addresses;
    }

    synchronized Platform get() {
        if (platform != null) {
            return platform;
        }
        Addresses at = addresses.get();
        var source = new HikariDataSource();
        pool = source;
        source.setJdbcUrl(at.url);
        source.setUsername(at.user);
        source.setPassword(at.password);
        source.setMaximumPoolSize(POOL_SIZE);
        Migrations.apply(source);
        var created = new Platform(at.servers, source, at.url, at.user, at.password, Map.of());
        platform = created;
        return created;
    }

    /** Closes its connections. */
    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
        platform = null;
    }
}

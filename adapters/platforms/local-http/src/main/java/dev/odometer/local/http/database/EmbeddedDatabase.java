package dev.odometer.local.http.database;

import dev.odometer.functions.refusal.StartRefusal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded PostgreSQL with durable settings and a persistent data folder. It listens only on loopback and requires a
 * password that only the owner of the folder can read, so other users of the machine have no access. An orphaned server
 * of a killed service is stopped first; a server that dies is restarted on the same port. Thread-safe.
 */
public final class EmbeddedDatabase implements LocalDatabase {

    public static final String USER = "postgres";

    private static final String ADDRESS = "127.0.0.1";
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    /** A normal start is faster. After a crash, recovery may take longer; it is waited for while the process lives. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private static final int STOP_TIMEOUT_SECONDS = 30;
    private static final int MAX_ATTEMPTS = 5;
    private static final long POLL_MILLIS = 200;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            // Acknowledged data must be durable; the library's defaults are for tests.
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", ADDRESS),
            // No Unix socket: in /tmp it would be accessible to every user of the machine.
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "50"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "4GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("wal_compression", "on"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
            Map.entry("log_checkpoints", "off"));

    private final DataFolder folder;
    private final int port;
    private final String password;
    private final Programs programs;
    private @Nullable EmbeddedPostgres server;
    private volatile boolean closed;

    private EmbeddedDatabase(DataFolder folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.password = Files.readString(folder.passwordFile());
        this.programs = new Programs(folder.programs());
    }

    /** Starts the server on a free port. */
    public static EmbeddedDatabase start(Path path) {
        return start(path, 0);
    }

    /**
     * Starts the server.
     *
     * @param port 0 for a free one
     * @throws StartRefusal when another process has locked the folder or uses the port, or the server does not start
     */
    public static EmbeddedDatabase start(Path path, int port) {
        try {
            Programs.require();
            DataFolder folder = DataFolder.open(path);
            try {
                PostgresProcess.clear(folder, STOP_TIMEOUT_SECONDS);
                folder.beginFirstStart();
                var database = new EmbeddedDatabase(folder, bindable(port));
                database.run(MAX_ATTEMPTS);
                folder.endFirstStart();
                return database;
            } catch (IOException | RuntimeException failure) {
                folder.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new StartRefusal(
                    "The data folder " + path + " cannot be used: " + StartFailure.reason(failure) + ".",
                    "Set odometer.data-dir to a writable folder with enough disk space, or ODOMETER_DATABASE_URL.");
        }
    }

    private static int bindable(int port) throws IOException {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (BindException inUse) {
            throw new StartRefusal(
                    "odometer.data-port is " + port + ", but another process uses this port of " + ADDRESS + ".",
                    "Set it to another port, or to 0 for a free one.");
        }
    }

    /** The data folder. */
    public Path folder() {
        return folder.path();
    }

    @Override
    public String url() {
        return url(port);
    }

    static String url(int port) {
        return "jdbc:postgresql://" + ADDRESS + ":" + port + "/postgres";
    }

    @Override
    public String password() {
        return password;
    }

    /** Starts the server and a thread that restarts it if it dies. */
    private synchronized void run(int attempts) throws IOException {
        for (int attempt = 1; !closed; attempt++) {
            StartFailure failures = StartFailure.watch(folder);
            try {
                server = launch();
            } catch (IOException | RuntimeException failure) {
                if (!recovers()) {
                    pauseOrRefuse(failures.reasonOf(failure), attempts - attempt);
                    continue;
                }
            }
            watch();
            return;
        }
    }

    /** At the start, an error that remains is refused at once: another attempt takes seconds and fails too. */
    private void pauseOrRefuse(String reason, int attemptsLeft) {
        if (attemptsLeft <= 0 || (attemptsLeft < MAX_ATTEMPTS && StartFailure.remains(reason))) {
            throw new StartRefusal(
                    "PostgreSQL does not start in " + folder.database() + ": " + reason + ".",
                    StartFailure.action(reason, folder.log()));
        }
        LOG.warn("PostgreSQL did not start, see {}: {}", folder.log(), reason);
        pause();
    }

    /** Waits until the server accepts connections; returns false if it dies instead. */
    private boolean recovers() throws IOException {
        while (!closed && PostgresProcess.of(folder).isPresent()) {
            try (var connection = DriverManager.getConnection(url(), USER, password)) {
                return connection.isValid(1);
            } catch (SQLException notYet) {
                pause();
            }
        }
        return false;
    }

    private EmbeddedPostgres launch() throws IOException {
        // The library does not release its own lock after a failed attempt; our lock already protects the folder.
        Files.deleteIfExists(folder.database().resolve("epg-lock"));
        Initdb.run(folder, programs);
        var output = ProcessBuilder.Redirect.appendTo(folder.log().toFile());
        var builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.database())
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.programs().toFile())
                .setPgBinaryResolver(programs)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_TIMEOUT)
                .setConnectConfig("password", password)
                .setDataDirectoryCustomizer(EmbeddedDatabase::requirePasswords)
                .setOutputRedirector(output)
                .setErrorRedirector(output);
        SETTINGS.forEach(builder::setServerConfig);
        return builder.start();
    }

    /** Replaces the library's configuration, which trusts all connections from loopback. */
    private static void requirePasswords(File database) {
        try {
            Files.writeString(database.toPath().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void watch() throws IOException {
        PostgresProcess.of(folder).ifPresent(process -> {
            var watcher = new Thread(() -> restartAfter(process), "postgres-watch");
            watcher.setDaemon(true);
            watcher.start();
        });
    }

    private void restartAfter(ProcessHandle process) {
        while (!closed && PostgresProcess.lives(process)) {
            pause();
        }
        restart();
    }

    private synchronized void restart() {
        if (closed) {
            return;
        }
        LOG.warn("PostgreSQL has ended unexpectedly; restarting it");
        try {
            server = null;
            PostgresProcess.clear(folder, STOP_TIMEOUT_SECONDS);
            run(Integer.MAX_VALUE);
        } catch (IOException | RuntimeException failure) {
            LOG.error("Restarting PostgreSQL failed", failure);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shuts the server down and releases the folder. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (folder) {
            stop();
        } catch (IOException failure) {
            LOG.warn("PostgreSQL was not shut down cleanly; it will recover at the next start", failure);
        }
    }

    private synchronized void stop() throws IOException {
        Optional<ProcessHandle> postmaster = PostgresProcess.of(folder);
        if (server == null) {
            postmaster.ifPresent(ProcessHandle::destroy);
        } else {
            server.close();
        }
        postmaster.ifPresent(process -> PostgresProcess.hasEnded(process, STOP_TIMEOUT_SECONDS));
    }
}

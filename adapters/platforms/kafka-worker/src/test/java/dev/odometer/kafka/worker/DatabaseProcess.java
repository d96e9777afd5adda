package dev.odometer.kafka.worker;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.postgres.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** A durable PostgreSQL server, which can be killed and restarted with its data. */
final class DatabaseProcess implements AutoCloseable {

    private final Path folder;
    private final int port = Ports.free();
    private final HikariDataSource source = new HikariDataSource();
    private EmbeddedPostgres server;

    DatabaseProcess(Path folder) throws IOException {
        this.folder = folder;
        this.server = launch();
        source.setJdbcUrl(url());
        source.setUsername("postgres");
        Migrations.apply(source);
    }

    private EmbeddedPostgres launch() throws IOException {
        // The library's lock file, which remains after a kill.
        Files.deleteIfExists(folder.resolve("epg-lock"));
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setPGStartupWait(Duration.ofSeconds(5))
                .start();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    DataSource source() {
        return source;
    }

    /** Kills the server and starts a new one with the same data after a pause. */
    void killAndRestart(long outageMillis) throws Exception {
        kill();
        Wait.pause(outageMillis);
        restart();
    }

    /** Sends SIGKILL to the server and all its child processes. */
    void kill() throws Exception {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        // A server that starts while a child still holds the shared memory fails, and only after a long timeout.
        Wait.until(() -> children.stream().noneMatch(ProcessHandle::isAlive), () -> "still alive: " + children);
    }

    void restart() {
        server = restarted();
    }

    private EmbeddedPostgres restarted() {
        for (int attempt = 1; ; attempt++) {
            try {
                return launch();
            } catch (IOException | RuntimeException notYet) {
                if (attempt == 10) {
                    throw new IllegalStateException("the database did not restart", notYet);
                }
                Wait.pause(200);
            }
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
        server.close();
    }
}

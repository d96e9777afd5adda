package dev.odometer.local.http.database;

import dev.odometer.functions.refusal.StartRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The database in a data folder, whether this process has started it or a service that is running. */
public interface LocalDatabase extends AutoCloseable {

    String url();

    String password();

    /** Stops the database if this process has started it. */
    @Override
    void close();

    /**
     * Starts the database of a folder, or connects to that of the service that is using the folder.
     *
     * @param port the port of a database that is started; 0 for a free one
     * @throws StartRefusal when the folder has no database, or it does not respond
     */
    static LocalDatabase existing(Path path, int port) {
        requireDatabase(path);
        try {
            return DataFolder.isInUse(path) ? Running.in(path) : EmbeddedDatabase.start(path, port);
        } catch (IOException failure) {
            throw new StartRefusal(
                    "The data folder " + path + " cannot be used: " + StartFailure.reason(failure) + ".",
                    "Run the command as the user of the service.");
        }
    }

    /** A command that reads must not create an empty database where none is, for example in the wrong folder. */
    static void requireDatabase(Path path) {
        if (Files.notExists(path.resolve("postgres/PG_VERSION"))) {
            throw new StartRefusal(
                    "The data folder " + path + " has no database.",
                    "Set odometer.data-dir to the folder of the service, or ODOMETER_DATABASE_URL.");
        }
    }

    /** The database of another process. */
    record Running(String url, String password) implements LocalDatabase {

        private static final Duration TIMEOUT = Duration.ofSeconds(30);
        private static final int PORT_LINE = 3;

        /** Waits, because the service may be starting. */
        static Running in(Path path) throws IOException {
            long end = System.nanoTime() + TIMEOUT.toNanos();
            while (true) {
                try {
                    List<String> process = Files.readAllLines(path.resolve("postgres/postmaster.pid"));
                    String url = EmbeddedDatabase.url(Integer.parseInt(process.get(PORT_LINE)));
                    String password = Files.readString(path.resolve("password"));
                    DriverManager.getConnection(url, EmbeddedDatabase.USER, password)
                            .close();
                    return new Running(url, password);
                } catch (IOException | SQLException | IndexOutOfBoundsException | NumberFormatException notYet) {
                    if (System.nanoTime() > end || !PostgresProcess.slept()) {
                        throw new StartRefusal(
                                "The database of the service that is using " + path + " does not respond.",
                                "Repeat the command when the service is ready, or stop it before.");
                    }
                }
            }
        }

        @Override
        public void close() {
            // The service stops it.
        }
    }
}

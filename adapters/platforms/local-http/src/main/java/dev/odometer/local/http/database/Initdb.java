package dev.odometer.local.http.database;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates PostgreSQL's data directory. The library can do this too, but not with checksums of the pages, by which the
 * server detects a disk that returns other data than was written.
 */
final class Initdb {

    private Initdb() {}

    /** Has no effect if the directory exists. */
    static void run(DataFolder folder, Programs programs) throws IOException {
        if (Files.exists(folder.database().resolve("postgresql.conf"))) {
            return;
        }
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                programs.unpacked().resolve("bin/initdb").toString(),
                "--data-checksums",
                "--encoding=UTF8",
                // It sorts by code point on every machine.
                "--locale=C",
                "--auth=scram-sha-256",
                "--username=" + EmbeddedDatabase.USER,
                "--pwfile=" + folder.passwordFile(),
                "--pgdata=" + folder.database()));
        var output = ProcessBuilder.Redirect.appendTo(folder.log().toFile());
        Process initdb = new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(output)
                .start();
        try {
            int status = initdb.waitFor();
            if (status != 0) {
                throw new IOException("initdb has ended with status " + status);
            }
        } catch (InterruptedException stopping) {
            initdb.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("initdb was interrupted", stopping);
        }
    }
}

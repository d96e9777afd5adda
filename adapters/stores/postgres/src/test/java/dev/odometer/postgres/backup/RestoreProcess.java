package dev.odometer.postgres.backup;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A restore in a process of its own, which a test can kill. */
final class RestoreProcess {

    private RestoreProcess() {}

    static Process start(String url, Path file, Path log) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx48m",
                        "-cp",
                        classes,
                        RestoreProcess.class.getName(),
                        url,
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public static void main(String[] arguments) {
        EveryTable.backups(new DriverManagerDataSource(arguments[0])).restore(Path.of(arguments[1]));
    }
}

package dev.odometer.conformance;

import dev.odometer.local.http.Odometer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/** The local application with its own PostgreSQL, started once for all tests of this module. */
final class LocalServer {

    private static final ConfigurableApplicationContext CONTEXT = start();

    private LocalServer() {}

    private static ConfigurableApplicationContext start() {
        try {
            Path data = Files.createTempDirectory("odometer-conformance");
            return Odometer.application()
                    .run(
                            "--server.port=0",
                            "--odometer.data-dir=" + data,
                            "--odometer.portal.token-secret=" + Case.PORTAL_SECRET);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static ConfigurableApplicationContext context() {
        return CONTEXT;
    }

    static int port() {
        return Integer.parseInt(CONTEXT.getEnvironment().getRequiredProperty("local.server.port"));
    }
}

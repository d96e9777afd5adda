package dev.odometer.conformance.console;

import dev.odometer.local.http.Odometer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** The local application with its own PostgreSQL, with and without API keys. Each is started at its first use. */
final class ConsoleServer {

    /** The key that {@link #withKeys} accepts. */
    static final String KEY = "test-key-0123456789abcdef0123456789abcdef";
    /** A key with which usage cannot be read. */
    static final String INGEST_KEY = "test-ingest-0123456789abcdef0123456789abc";

    static final String PORTAL_SECRET = "0123456789abcdef0123456789abcdef";

    private final ConfigurableApplicationContext context;

    private ConsoleServer(String... settings) {
        try {
            var all = new ArrayList<>(List.of(
                    "--server.port=0",
                    "--odometer.data-dir=" + Files.createTempDirectory("odometer-console"),
                    "--odometer.portal.token-secret=" + PORTAL_SECRET));
            all.addAll(List.of(settings));
            this.context = Odometer.application().run(all.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Open {
        private static final ConsoleServer SERVER = new ConsoleServer();
    }

    private static final class Keyed {
        private static final ConsoleServer SERVER = new ConsoleServer(
                "--odometer.api-keys=" + digest(KEY) + ",ingest:ingest=" + digest(INGEST_KEY),
                "--odometer.portal.frame-ancestors=https://shop.example 'self'");
    }

    private static final class Billing {
        private static final ConsoleServer SERVER = new ConsoleServer("--odometer.billing.invoice=false");
    }

    /** A service that makes and issues invoices on request only, so that no schedule acts before a test. */
    static ConsoleServer billing() {
        return Billing.SERVER;
    }

    private static final class Embedded {
        private static final ConsoleServer SERVER = new ConsoleServer(
                "--odometer.api-keys=" + digest(KEY),
                "--odometer.portal.frame-ancestors=" + Embedder.allowed().url());
    }

    /** A service with keys, whose portal {@link Embedder#allowed} may show in a frame. */
    static ConsoleServer embedded() {
        return Embedded.SERVER;
    }

    /** The service without API keys, which most tests use. */
    static ConsoleServer open() {
        return Open.SERVER;
    }

    /** A service whose database no other test uses. */
    static ConsoleServer own(String... settings) {
        return new ConsoleServer(settings);
    }

    static ConsoleServer withKeys() {
        return Keyed.SERVER;
    }

    private static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The address of the overview, with a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + "/";
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** The folder of the service's data, whose files/inbox is watched. */
    Path data() {
        return Path.of(context.getEnvironment().getRequiredProperty("odometer.data-dir"));
    }
}

package dev.odometer.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.email.EmailSettings.Login;
import dev.odometer.email.EmailSettings.Tls;
import dev.odometer.metering.notification.Attempt;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends e-mail to servers with trusted certificates. The trust store is set once per JVM, so each client runs in a
 * separate process.
 */
class TrustedMailTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    /** Creates key stores for two host names and a trust store with both certificates. */
    @BeforeAll
    static void makeKeys() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=mail", "-ext", "san=ip:127.0.0.1", "-keystore", "known");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=mail", "-ext", "san=dns:mail.test", "-keystore", "other");
        for (String keys : List.of("known", "other")) {
            keytool("-exportcert", "-keystore", keys, "-file", keys + ".cer");
            keytool("-importcert", "-noprompt", "-alias", keys, "-file", keys + ".cer", "-keystore", "trusted");
        }
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(java("keytool"), "-storepass", PASSWORD));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static SSLContext serverContext(String keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(keys))) {
            store.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String send(MailServer server) throws Exception {
        return run(List.of(
                java("java"),
                "-Djavax.net.ssl.trustStore=" + folder.resolve("trusted"),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                "-cp",
                System.getProperty("java.class.path"),
                Sender.class.getName(),
                String.valueOf(server.port())));
    }

    /** Sends one e-mail in a process with its own trust store. */
    static final class Sender {

        private Sender() {}

        public static void main(String[] arguments) {
            var login = new Login("odometer", "secret");
            var settings = new EmailSettings(
                    "127.0.0.1", Integer.parseInt(arguments[0]), Tls.STARTTLS, login, EmailCourierTest.FROM);
            Attempt attempt =
                    EmailCourierTest.deliver(settings, "a@example.com").attempt();
            System.out.println("succeeded: " + attempt.succeeded() + ", " + attempt.body());
        }
    }

    @Test
    void sendsNothingBeforeTheConnectionIsEncrypted() throws Exception {
        try (var server = new MailServer(serverContext("known"))) {
            assertThat(send(server)).contains("succeeded: true");

            assertThat(server.plaintext).hasSize(2).last().isEqualTo("STARTTLS");
            assertThat(server.encrypted)
                    .anyMatch(line -> line.startsWith("AUTH "))
                    .contains(
                            "RCPT TO:<a@example.com>",
                            "Subject: many calls: Usage of calls of <b>acme</b> crossed 100");
        }
    }

    @Test
    void sendsNothingIfTheCertificateIsForAnotherHost() throws Exception {
        try (var server = new MailServer(serverContext("other"))) {
            assertThat(send(server)).contains("succeeded: false");

            assertThat(server.encrypted).isEmpty();
        }
    }
}

package dev.odometer.email;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.email.EmailSettings.Login;
import dev.odometer.email.EmailSettings.Tls;
import dev.odometer.notification.Courier.Outcome;
import dev.odometer.notification.Courier.Then;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that says no at the step that a line begins with; mail servers for tests take everything. */
class RefusedMailTest {

    private static final Map<String, String> YES = Map.of("EHLO", "250 hello", "DATA", "354 go on", "QUIT", "221 bye");

    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void serve(String step, String no) {
        var thread = new Thread(() -> {
            try {
                while (true) {
                    try (Socket socket = server.accept()) {
                        talk(socket, step, no);
                    }
                }
            } catch (IOException over) {
                // The test is.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void talk(Socket socket, String step, String no) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        say(socket, "220 ready");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (data && !line.equals(".")) {
                continue;
            }
            data = line.startsWith("DATA") && !step.equals("DATA");
            String begin = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            say(socket, line.contains(step) ? no : YES.getOrDefault(begin, "250 ok"));
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 no such user, GONE, 550",
        "RCPT, 556 5.1.10 takes no mail, GONE, 556",
        "RCPT, 550 5.7.1 we think it is spam, NEVER, 550",
        "RCPT, 451 4.2.1 later, AGAIN, 451",
        "RCPT, 452 4.2.2 mailbox full, AGAIN, 452",
        "DATA, 554 5.6.0 not like this, NEVER, 554",
        "DATA, 451 later, AGAIN, 451",
        "MAIL, 550 5.7.1 not from you, AGAIN, 550",
        "MAIL, 530 5.7.0 log in first, AGAIN, 530",
        "<a@, 550 5.1.1 no such user, AGAIN, 250",
        "<a@, 450 later, AGAIN, 450"
    })
    void followsFromTheReply(String step, String no, Then then, int code) {
        serve(step, no);
        var settings = new EmailSettings(
                "127.0.0.1", server.getLocalPort(), Tls.NONE, new Login("", ""), EmailCourierTest.FROM);

        Outcome outcome = EmailCourierTest.deliver(settings, "a@example.com", "b@example.com");

        assertThat(outcome.attempt().body()).contains(no);
        assertThat(outcome.then()).isEqualTo(then);
        assertThat(outcome.attempt().statusCode()).isEqualTo(code);
        assertThat(outcome.attempt().succeeded()).isEqualTo(code == 250);
    }
}

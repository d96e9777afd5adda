package dev.odometer.local.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.local.http.LocalProbes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ClientWatchIT {

    private static final int MINUTE = 60_000;
    private static ConfigurableApplicationContext context;
    private static int port;
    /** Has a permit for each call that began, and for each that was canceled. */
    private static Semaphore calls;

    @BeforeAll
    static void start() {
        context = new SpringApplication(LocalProbes.class).run("--server.port=0", "--logging.level.root=OFF");
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        calls = context.getBean(Semaphore.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @AfterEach
    void leavesNoCalls() {
        assertThat(calls.drainPermits()).isZero();
    }

    /** Sends a request and waits until its function runs. */
    private static Socket waiting(int millis, String more) throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(120_000);
        send(socket, "/sleep/first?sleep=" + millis, more);
        assertThat(calls.tryAcquire(2, TimeUnit.MINUTES)).isTrue();
        return socket;
    }

    @Test
    void completesTheWorkOfARequestThatHasEffects() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "POST /sleep/first?sleep=1000 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            assertThat(calls.tryAcquire(2, TimeUnit.MINUTES)).isTrue();
        }

        // Longer than the work takes.
        assertThat(calls.tryAcquire(2, TimeUnit.SECONDS)).isFalse();
    }

    private static void send(Socket socket, String target, String more) throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n" + more;
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    /** Reads until the text arrives. */
    private static String readUntil(Socket socket, String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the end after %s", read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    private static boolean isCanceled() throws InterruptedException {
        return calls.tryAcquire(2, TimeUnit.MINUTES);
    }

    @Test
    void cancelsTheWorkOfAClientThatClosesItsConnection() throws Exception {
        waiting(MINUTE, "").close();

        assertThat(isCanceled()).isTrue();
    }

    @Test
    void cancelsTheWorkOfAClientThatResetsItsConnection() throws Exception {
        try (Socket socket = waiting(MINUTE, "")) {
            socket.setSoLinger(true, 0);
        }

        assertThat(isCanceled()).isTrue();
    }

    @Test
    void cancelsTheWorkOfAClientThatClosesItsSendingSide() throws Exception {
        try (Socket socket = waiting(MINUTE, "")) {
            socket.shutdownOutput();

            assertThat(isCanceled()).isTrue();
            assertThat(readUntil(socket, "the client closed the connection")).startsWith("HTTP/1.1 503");
        }
    }

    @Test
    void answersAClientThatWaits() throws Exception {
        try (Socket socket = waiting(1500, "")) {
            assertThat(readUntil(socket, "\"id\":\"first\"")).startsWith("HTTP/1.1 200");
            send(socket, "/echo/second", "");
            assertThat(readUntil(socket, "\"id\":\"second\"")).contains("HTTP/1.1 200");
        }
    }

    @Test
    void answersRequestsThatArriveMeanwhile() throws Exception {
        try (Socket socket = waiting(1500, "")) {
            send(socket, "/echo/second", "");
            TimeUnit.MILLISECONDS.sleep(600);
            send(socket, "/echo/third", "");

            assertThat(readUntil(socket, "\"id\":\"third\""))
                    .containsSubsequence("\"id\":\"first\"", "\"id\":\"second\"", "\"id\":\"third\"")
                    .doesNotContain("503");
        }
    }

    @Test
    void answersRequestsInOnePacket() throws Exception {
        try (Socket socket = waiting(1000, "GET /echo/second HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(readUntil(socket, "\"id\":\"second\""))
                    .containsSubsequence("\"id\":\"first\"", "\"id\":\"second\"")
                    .doesNotContain("503");
        }
    }

    /** A single byte looks like the end of the connection at first. */
    @Test
    void answersARequestThatArrivesInPieces() throws Exception {
        try (Socket socket = waiting(1500, "")) {
            String second = "GET /echo/second HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(second.substring(0, 1).getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            TimeUnit.MILLISECONDS.sleep(700);
            socket.getOutputStream().write(second.substring(1).getBytes(ISO_8859_1));

            assertThat(readUntil(socket, "\"id\":\"second\""))
                    .containsSubsequence("\"id\":\"first\"", "\"id\":\"second\"")
                    .doesNotContain("503");
        }
    }
}

package dev.odometer.webhook;

import static dev.odometer.webhook.Examples.outbound;
import static dev.odometer.webhook.Examples.webhook;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.notification.Attempt;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Receivers that respond slowly or never; each delivery ends after its time budget, although they go on. */
class SlowReceiversTest {

    private static final Duration TIME_BUDGET = Duration.ofMillis(500);
    /** Suffices to read the start of a response on a busy machine. */
    private static final Duration LONG_TIME_BUDGET = Duration.ofSeconds(4);

    private ServerSocket server;
    private CompletableFuture<Boolean> closed = CompletableFuture.completedFuture(false);

    /** Handles a connection. */
    interface Receiver {
        void take(Socket socket) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void serve(Receiver receiver) {
        closed = CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                receiver.take(socket);
                return false;
            } catch (IOException closed) {
                return true;
            } catch (InterruptedException interrupted) {
                throw new UncheckedIOException(new IOException(interrupted));
            }
        });
    }

    private static void drip(Socket socket, String start) throws IOException, InterruptedException {
        OutputStream out = socket.getOutputStream();
        out.write(start.getBytes(US_ASCII));
        while (true) {
            out.write('x');
            out.flush();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Attempt deliver(String scheme) {
        return deliver(scheme, TIME_BUDGET);
    }

    private Attempt deliver(String scheme, Duration timeBudget) {
        var courier = new WebhookCourier(() -> new Client(new CheckedAddresses(true)), Clock.systemUTC(), timeBudget);
        String url = scheme + "://127.0.0.1:" + server.getLocalPort() + "/";
        return courier.deliver(outbound(webhook(url), "{}", Instant.now())).attempt();
    }

    private static void assertTimedOut(Attempt attempt) {
        assertThat(attempt.succeeded()).isFalse();
        assertThat(attempt.took()).isGreaterThanOrEqualTo(TIME_BUDGET);
    }

    @Test
    void timesOutWithoutAResponse() {
        var done = new CountDownLatch(1);
        serve(socket -> done.await());

        assertTimedOut(deliver("http"));
        done.countDown();
    }

    @Test
    void timesOutWithoutATlsHandshake() {
        var done = new CountDownLatch(1);
        serve(socket -> done.await());

        assertTimedOut(deliver("https"));
        done.countDown();
    }

    @Test
    void timesOutOnSlowHeadersAndClosesTheConnection() throws Exception {
        serve(socket -> drip(socket, "HTTP/1.1 200 OK\r\nX-Slow: "));

        assertTimedOut(deliver("http"));
        assertThat(closed.get(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void takesTheStatusWhenTheBodyIsSlow() throws Exception {
        serve(socket -> drip(socket, "HTTP/1.1 202 OK\r\nContent-Length: 100000\r\n\r\n"));

        Attempt attempt = deliver("http", LONG_TIME_BUDGET);

        assertThat(attempt.succeeded()).isTrue();
        assertThat(closed.get(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void limitsTheNumberOfHeaders() {
        serve(socket -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            while (true) {
                out.write("X-More: x\r\n".repeat(100).getBytes(US_ASCII));
            }
        });

        assertThat(deliver("http", LONG_TIME_BUDGET).body()).startsWith("no answer: ");
    }

    @Test
    void failsWhenTheResponseIsNotHttp() {
        serve(socket -> socket.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(US_ASCII)));

        assertThat(deliver("http").body()).startsWith("no answer: ");
    }
}

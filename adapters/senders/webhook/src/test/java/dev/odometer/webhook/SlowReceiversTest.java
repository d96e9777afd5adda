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

/** Receivers that respond slowly or never; no delivery takes longer than its time budget of half a second. */
class SlowReceiversTest {

    private static final Duration TIME_BUDGET = Duration.ofMillis(500);

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
        for (int n = 0; n < 500; n++) {
            out.write('x');
            out.flush();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Attempt deliver(String scheme) {
        var courier = new WebhookCourier(() -> new Client(new CheckedAddresses(true)), Clock.systemUTC(), TIME_BUDGET);
        String url = scheme + "://127.0.0.1:" + server.getLocalPort() + "/";
        return courier.deliver(outbound(webhook(url), "{}", Instant.now())).attempt();
    }

    private static void assertTimedOut(Attempt attempt) {
        assertThat(attempt.succeeded()).isFalse();
        assertThat(attempt.took()).isBetween(TIME_BUDGET, TIME_BUDGET.multipliedBy(3));
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
        assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesTheStatusWhenTheBodyIsSlow() throws Exception {
        serve(socket -> drip(socket, "HTTP/1.1 202 OK\r\nContent-Length: 100000\r\n\r\n"));

        Attempt attempt = deliver("http");

        assertThat(attempt.succeeded()).isTrue();
        assertThat(attempt.took()).isLessThan(TIME_BUDGET.multipliedBy(3));
        assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
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

        assertThat(deliver("http").body()).startsWith("no answer: ");
    }

    @Test
    void failsWhenTheResponseIsNotHttp() {
        serve(socket -> socket.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(US_ASCII)));

        assertThat(deliver("http").body()).startsWith("no answer: ");
    }
}

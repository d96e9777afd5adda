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

/** Receivers that take their time, by the byte: none has more of it than there is, here half a second. */
class SlowReceiversTest {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private ServerSocket server;
    private CompletableFuture<Boolean> closed = CompletableFuture.completedFuture(false);

    /** What a receiver does with a connection. */
    interface Behaviour {
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

    private void behave(Behaviour behaviour) {
        closed = CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                behaviour.take(socket);
                return false;
            } catch (IOException closed) {
                return true;
            } catch (InterruptedException over) {
                throw new UncheckedIOException(new IOException(over));
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
        var courier = new WebhookCourier(() -> new Client(new CheckedAddresses(true)), Clock.systemUTC(), PATIENCE);
        String url = scheme + "://127.0.0.1:" + server.getLocalPort() + "/";
        return courier.deliver(outbound(webhook(url), "{}", Instant.now())).attempt();
    }

    private static void isGivenUpInTime(Attempt attempt) {
        assertThat(attempt.succeeded()).isFalse();
        assertThat(attempt.took()).isBetween(PATIENCE, PATIENCE.multipliedBy(3));
    }

    @Test
    void givesUpOneThatNeverAnswers() {
        var over = new CountDownLatch(1);
        behave(socket -> over.await());

        isGivenUpInTime(deliver("http"));
        over.countDown();
    }

    @Test
    void givesUpOneThatNeverShakesHands() {
        var over = new CountDownLatch(1);
        behave(socket -> over.await());

        isGivenUpInTime(deliver("https"));
        over.countDown();
    }

    @Test
    void givesUpAHeaderThatComesByTheByteAndClosesTheConnection() throws Exception {
        behave(socket -> drip(socket, "HTTP/1.1 200 OK\r\nX-Slow: "));

        isGivenUpInTime(deliver("http"));
        assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void hasItsAnswerWhenTheRestComesByTheByte() throws Exception {
        behave(socket -> drip(socket, "HTTP/1.1 202 OK\r\nContent-Length: 100000\r\n\r\n"));

        Attempt attempt = deliver("http");

        assertThat(attempt.succeeded()).isTrue();
        assertThat(attempt.took()).isLessThan(PATIENCE.multipliedBy(3));
        assertThat(closed.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void takesNoHeaderWithoutEnd() {
        behave(socket -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            while (true) {
                out.write("X-More: x\r\n".repeat(100).getBytes(US_ASCII));
            }
        });

        assertThat(deliver("http").body()).startsWith("no answer: ");
    }

    @Test
    void saysSoWhenAnAnswerIsNoHttp() {
        behave(socket -> socket.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(US_ASCII)));

        assertThat(deliver("http").body()).startsWith("no answer: ");
    }
}

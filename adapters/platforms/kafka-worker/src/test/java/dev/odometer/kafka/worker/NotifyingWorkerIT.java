package dev.odometer.kafka.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.odometer.metering.notification.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A worker that counts records and sends the webhook of a threshold that they raise. */
class NotifyingWorkerIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            new Webhook(SECRET).verify(body, exchange.getRequestHeaders());
            exchange.sendResponseHeaders(204, -1);
            received.add(body);
        } catch (com.standardwebhooks.exceptions.WebhookVerificationException invalid) {
            received.add("invalid signature: " + invalid.getMessage());
        }
    }

    @Test
    void notifiesOnceWhenTheRecordsOfAThresholdAreDuplicated() throws Exception {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        try (var bench = new Workbench(EmbeddedPlatform.get(), 1)) {
            bench.notifyingWorker(new Target.Webhook(url, Map.of(), SECRET, null, null));
            bench.send(bench.events.plain("e1"), bench.events.plain("e2"), bench.events.plain("e2"));

            assertThat(received.poll(2, TimeUnit.MINUTES))
                    .contains("meters.usage.threshold", "\"subject\":{\"key\":\"acme\"}", "\"value\":2,");

            bench.send(bench.events.plain("e1"));
            bench.awaitDone();
            assertThat(received).isEmpty();
        } finally {
            receiver.stop(0);
        }
    }
}

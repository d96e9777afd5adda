package dev.odometer.webhook;

import static dev.odometer.webhook.Examples.ID;
import static dev.odometer.webhook.Examples.SECRET;
import static dev.odometer.webhook.Examples.outbound;
import static dev.odometer.webhook.Examples.webhook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.odometer.metering.notification.Courier.FollowUp;
import dev.odometer.metering.notification.Courier.Outcome;
import dev.odometer.metering.notification.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivers to a server on loopback, so private addresses are allowed unless a test forbids them. */
class WebhookCourierTest {

    private static final String JSON = "{\"id\":\"" + ID + "\",\"größe\":1.10}";
    private static final WebhookCourier COURIER = courier(new CheckedAddresses(true));

    /** A received request. */
    private record Received(String method, String target, Map<String, List<String>> headers, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;
    private byte[] answer = {};
    private final Map<String, String> answerHeaders = new HashMap<>();

    private static WebhookCourier courier(CheckedAddresses addresses) {
        return new WebhookCourier(() -> new Client(addresses), Clock.systemUTC());
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new LinkedHashMap<>(exchange.getRequestHeaders()),
                    body));
            answerHeaders.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Outcome deliver() {
        return COURIER.deliver(outbound(webhook(url("/hook")), JSON, Instant.now()));
    }

    @Test
    void signsWithBothHeaderNames() {
        answer = "thanks".getBytes(UTF_8);

        Outcome outcome = COURIER.deliver(outbound(webhook(url("/hook?key=1")), JSON, Instant.now()));

        assertThat(outcome.attempt())
                .matches(attempt -> attempt.succeeded())
                .returns(200, attempt -> attempt.statusCode())
                .returns("thanks", attempt -> attempt.body())
                .returns(url("/hook"), attempt -> attempt.url());
        Received request = received.get(0);
        assertThat(request).returns("POST", Received::method).returns("/hook?key=1", Received::target);
        assertThat(request.body()).isEqualTo(JSON);
        assertThat(request.headers())
                .containsEntry("Content-type", List.of("application/json"))
                .containsEntry("User-agent", List.of("Odometer"))
                .containsEntry("Webhook-id", List.of(ID));
        for (String part : List.of("id", "timestamp", "signature")) {
            assertThat(request.headers().get("Webhook-" + part))
                    .isEqualTo(request.headers().get("Svix-" + part));
        }
        var verifier = new com.standardwebhooks.Webhook(SECRET);
        assertThatCode(() -> verifier.verify(request.body(), request.headers())).doesNotThrowAnyException();
    }

    @Test
    void sendsTheChannelsHeadersExceptReservedOnes() {
        var headers = Map.of("X-Key", "k", "Authorization", "Bearer t", "webhook-id", "forged", "Host", "other");
        var target = new Target.Webhook(url("/"), headers, SECRET, null, null);

        COURIER.deliver(outbound(target, JSON, Instant.now()));

        assertThat(received.get(0).headers())
                .containsEntry("X-key", List.of("k"))
                .containsEntry("Authorization", List.of("Bearer t"))
                .containsEntry("Webhook-id", List.of(ID))
                .containsEntry(
                        "Host", List.of("127.0.0.1:" + server.getAddress().getPort()));
    }

    @Test
    void refusesAHeaderValueWithALineBreak() {
        var target = new Target.Webhook(url("/"), Map.of("X-Key", "k\r\nX-Other: o"), SECRET, null, null);

        Outcome outcome = COURIER.deliver(outbound(target, JSON, Instant.now()));

        assertThat(outcome.attempt().body()).isEqualTo("the channel has an invalid header: X-Key");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void succeedsWithAny2xx(int code) {
        status = code;

        assertThat(deliver().attempt().succeeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 304, 307, 308, 400, 401, 404, 407, 429, 500, 503, 599})
    void retriesAfterAnyOtherStatus(int code) {
        status = code;
        answerHeaders.put("Location", url("/other"));

        Outcome outcome = deliver();

        assertThat(outcome.attempt().succeeded()).isFalse();
        assertThat(outcome).returns(FollowUp.RETRY, Outcome::then).returns(null, Outcome::retryAfter);
        assertThat(received.get(0).target()).isEqualTo("/hook");
    }

    @Test
    void reportsThatTheReceiverIsGone() {
        status = 410;

        assertThat(deliver().then()).isEqualTo(FollowUp.DISABLE_CHANNEL);
    }

    @Test
    void returnsTheRetryAfterOfTheReceiver() {
        status = 429;
        answerHeaders.put("Retry-After", "90");

        assertThat(deliver().retryAfter()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void keepsTheBeginningOfTheBody() {
        status = 500;
        answer = ("\u0000\r\n\uFFFFé".repeat(100) + "x".repeat(1_000_000)).getBytes(UTF_8);
        answer[10] = (byte) 0xFF;

        String body = deliver().attempt().body();

        assertThat(body)
                .hasSizeBetween(1000, 1024)
                .doesNotContain("\n", "\u0000")
                .contains("\uFFFD");
    }

    @Test
    void reportsWhyThereIsNoResponse() {
        server.stop(0);

        assertThat(deliver().attempt())
                .returns(null, attempt -> attempt.statusCode())
                .matches(attempt -> attempt.body().startsWith("no answer: ")
                        && attempt.body().contains("refused"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://localhost:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://[::ffff:7f00:1]:%d/",
                "http://[::1]:%d/",
                "http://[::]:%d/",
                "http://0.0.0.0:%d/",
                "http://x@127.0.0.1:%d/",
                "http://2130706433:%d/",
                "http://0x7f.1:%d/"
            })
    void refusesPrivateAddresses(String hostile) {
        WebhookCourier courier = courier(new CheckedAddresses(false));
        String url = hostile.formatted(server.getAddress().getPort());

        Outcome outcome = courier.deliver(outbound(webhook(url), JSON, Instant.now()));

        assertThat(outcome.attempt().succeeded()).isFalse();
        assertThat(outcome.attempt().body()).containsAnyOf("has an address that is not public", "has no valid host");
        assertThat(received).isEmpty();
    }

    @Test
    void refusesAHostWithOnePrivateAddress() throws UnknownHostException {
        var both = new InetAddress[] {
            InetAddress.getByAddress(new byte[] {8, 8, 8, 8}), InetAddress.getByAddress(new byte[] {127, 0, 0, 1})
        };
        WebhookCourier courier = courier(new CheckedAddresses(false, host -> both));

        Outcome outcome = courier.deliver(outbound(webhook("http://two.example/"), JSON, Instant.now()));

        assertThat(outcome.attempt().body())
                .startsWith("two.example has an address that is not public; see ")
                .doesNotContain("127.0.0.1", "8.8.8.8");
    }

    @Test
    void reportsNoAddressOfAHostThatCannotBeReached() {
        int port = server.getAddress().getPort();
        server.stop(0);
        WebhookCourier courier =
                courier(new CheckedAddresses(true, host -> new InetAddress[] {InetAddress.getLoopbackAddress()}));

        Outcome outcome =
                courier.deliver(outbound(webhook("http://internal.example:" + port + "/"), JSON, Instant.now()));

        assertThat(outcome.attempt().body())
                .startsWith("no answer: ")
                .contains("internal.example")
                .doesNotContain("127.0.0.1");
    }

    /** A second lookup could return another address than the checked one (DNS rebinding). */
    @Test
    void resolvesAHostOnce() {
        var lookups = new AtomicInteger();
        WebhookCourier courier = courier(new CheckedAddresses(true, host -> {
            lookups.incrementAndGet();
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }));
        String url = "http://rebound.example:" + server.getAddress().getPort() + "/";

        assertThat(courier.deliver(outbound(webhook(url), JSON, Instant.now()))
                        .attempt()
                        .succeeded())
                .isTrue();
        assertThat(lookups).hasValue(1);
    }
}

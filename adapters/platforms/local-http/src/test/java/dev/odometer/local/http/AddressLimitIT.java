package dev.odometer.local.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class AddressLimitIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** SHA-256 of {@code secret}. */
    private static final String DIGEST = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    /** On Kubernetes, where Spring Boot would trust forwarded headers of private addresses. */
    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplication(LocalProbes.class)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--logging.level.root=OFF",
                                        "--spring.main.cloud-platform=kubernetes",
                                        "--odometer.api-keys=" + DIGEST,
                                        "--odometer.rate-limit.address=1"),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static HttpRequest.Builder to(ConfigurableApplicationContext service, String target) {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends up to 200 requests, each with another forged address, until one is beyond the limit. */
    private static HttpResponse<String> exhausted(HttpRequest.Builder request, String forwarded) throws Exception {
        HttpResponse<String> reply = send(request);
        for (int i = 0; i < 200 && reply.statusCode() != 429; i++) {
            reply = send(request.setHeader("X-Forwarded-For", forwarded.formatted(i)));
        }
        return reply;
    }

    @Test
    void isThatOfTheConnection() throws Exception {
        try (var service = start()) {
            HttpResponse<String> reply = exhausted(to(service, "/echo/a"), "198.51.100.%d");

            assertThat(reply.statusCode()).isEqualTo(429);
            assertThat(reply.headers().firstValue("Retry-After")).isPresent();
            assertThat(send(to(service, "/swallow").POST(BodyPublishers.ofString("[]")))
                            .statusCode())
                    .isEqualTo(429);
            assertThat(send(to(service, "/healthz/live")).statusCode()).isEqualTo(200);
            assertThat(send(to(service, "/healthz")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void includesAttemptsToReadMetrics() throws Exception {
        try (var service = start()) {
            HttpResponse<String> reply = exhausted(to(service, "/prometheus"), "198.51.100.%d");

            assertThat(reply.statusCode()).isEqualTo(429);
            assertThat(reply.headers().firstValue("Retry-After")).isPresent();
            assertThat(send(to(service, "/echo/a").header("Authorization", "Bearer secret"))
                            .statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void isTheEntryOfATrustedProxy() throws Exception {
        try (var service = start("--odometer.http.trusted-proxies=1")) {
            assertThat(exhausted(to(service, "/echo/a"), "198.51.100.%d, 203.0.113.7")
                            .statusCode())
                    .isEqualTo(429);
            assertThat(send(to(service, "/echo/a").header("X-Forwarded-For", "203.0.113.7, 203.0.113.8"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    /** More rejected connections than Tomcat accepts in all: none of them may be counted. */
    @Test
    void acceptsNewClientsAfterManyRejectedConnections() throws Exception {
        try (var service =
                        start("--odometer.http.max-connections-per-address=3", "--server.tomcat.max-connections=10");
                var first = connected(service);
                var second = connected(service)) {
            Socket third = connected(service);
            for (int i = 0; i < 20; i++) {
                assertThat(isOpen(connected(service))).isFalse();
            }

            third.close();

            await(() -> isOpen(connected(service)));
            assertThat(isOpen(first)).isTrue();
            assertThat(isOpen(second)).isTrue();
        }
    }

    @Test
    void limitsTheOpenConnectionsOfAnAddress() throws Exception {
        try (var service = start("--odometer.http.max-connections-per-address=3");
                var first = connected(service);
                var second = connected(service)) {
            Socket third = connected(service);
            assertThat(isOpen(connected(service))).isFalse();

            third.close();

            await(() -> isOpen(connected(service)));
            assertThat(isOpen(first)).isTrue();
            assertThat(isOpen(second)).isTrue();
        }
    }

    private static Socket connected(ConfigurableApplicationContext service) throws IOException {
        int port = Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** Whether the server answers a request on the connection, or closes it; a server that does neither is an error. */
    private static boolean isOpen(Socket socket) {
        try {
            socket.getOutputStream().write("GET /healthz/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("the server neither answers nor closes the connection", silent);
        } catch (IOException reset) {
            return false;
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(20);
        }
    }
}

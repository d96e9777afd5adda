package dev.odometer.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class LocalServerIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext context;
    private static int port;

    @BeforeAll
    static void start() {
        context = new SpringApplication(LocalProbes.class)
                .run("--server.port=0", "--logging.level.root=OFF", "--odometer.max-body-bytes=100000");
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static HttpRequest.Builder to(String target) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends exactly these bytes and returns the server's output until it closes the connection. */
    private static String raw(String request) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    @Test
    void passesRequestsToTheDoorAndRepliesBack() throws Exception {
        HttpResponse<String> reply = send(to("/echo/a%2Fb%20c").header("X-Request-Id", "r-1"));

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"id\":\"a/b c\",\"sleep\":0}");
        assertThat(reply.headers().allValues("content-type")).containsExactly("application/json");
        assertThat(reply.headers().allValues("content-length")).containsExactly("24");
        assertThat(reply.headers().allValues("x-request-id")).containsExactly("r-1");
        assertThat(reply.headers().firstValue("server")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PATCH", "TRACE", "BREW", "DELETE", "POST", "PUT"})
    void passesEveryMethod(String method) throws Exception {
        String reply = raw(get("/echo/a").replace("GET", method));
        String status = method.equals("HEAD") ? "200" : method.equals("OPTIONS") ? "204" : "405";

        assertThat(reply).startsWith("HTTP/1.1 " + status).doesNotContain("<html");
        assertThat(reply.contains("Allow: GET, HEAD, OPTIONS")).isEqualTo(!method.equals("HEAD"));
    }

    @Test
    void answersHeadWithTheLengthOfGet() throws Exception {
        String reply = raw(get("/echo/a").replace("GET", "HEAD"));

        assertThat(reply).containsOnlyOnce("Content-Length: 20").endsWith("\r\n\r\n");
    }

    @Test
    void sendsOnlyHeadersWith204() throws Exception {
        String reply = raw("POST /swallow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n"
                + "Content-Type: application/cloudevents-batch+json\r\n\r\n[]");

        assertThat(reply)
                .startsWith("HTTP/1.1 204")
                .doesNotContainIgnoringCase("content-length")
                .doesNotContainIgnoringCase("transfer-encoding")
                .doesNotContainIgnoringCase("\ncontent-type")
                .endsWith("\r\n\r\n");
    }

    @Test
    void refusesEventHeadersThatAreNotUtf8() throws Exception {
        String reply = raw("""
                POST /swallow HTTP/1.1
                Host: localhost
                Connection: close
                Content-Length: 0
                ce-id: Gr\u00f6\u00dfe

                """.replace("\n", "\r\n"));

        assertThat(reply).startsWith("HTTP/1.1 400 ").contains("the header ce-id must be UTF-8");
    }

    @Test
    void acceptsUnencodedCharactersInQueries() throws Exception {
        assertThat(raw(get("/echo/a?filter[model]=\"gpt\"|{x}&sleep=0")))
                .contains("\"filter\":{\"model\":[\"\\\"gpt\\\"|{x}\"]}");
    }

    @Test
    void sendsContentTypesWithoutParameters() throws Exception {
        HttpResponse<String> csv = send(to("/table/a").header("Accept", "text/csv"));
        HttpResponse<String> problem = send(to("/nothing"));

        assertThat(csv.headers().allValues("content-type")).containsExactly("text/csv");
        assertThat(csv.body()).isEqualTo("a\n1\n");
        assertThat(problem.headers().allValues("content-type")).containsExactly("application/problem+json");
        assertThat(problem.statusCode()).isEqualTo(404);
    }

    @Test
    void disclosesNothingAboutAnUnexpectedError() throws Exception {
        HttpResponse<String> reply = send(to("/fail/a"));

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).startsWith("{\"type\":\"about:blank\"").doesNotContain("secret", "Exception");
    }

    @ParameterizedTest
    @CsvSource({"true,413", "false,413"})
    void refusesALargeBodyWithAndWithoutDeclaredLength(boolean declared, int status) throws Exception {
        byte[] body = new byte[150_000];
        var publisher = declared
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body));

        HttpResponse<String> reply =
                send(to("/swallow").header("Content-Type", "application/json").POST(publisher));

        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.body()).contains("the body must have at most 100000 bytes");
    }

    @Test
    void refusesADeclaredLengthWithoutWaitingForTheBody() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head = "POST /swallow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999999\r\n\r\n";
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(head.getBytes(ISO_8859_1));

            assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void readsChunkedAndCompressedBodies() throws Exception {
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write("[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}]".getBytes(ISO_8859_1));
        }
        var publisher = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(zipped.toByteArray()));

        HttpResponse<String> reply = send(to("/swallow")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(publisher));

        assertThat(reply.statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /echo/a HTTP/1.1\r\n\r\n",
                "GET /echo/a HTTP/1.1\r\nHost: localhost\r\nHost: b\r\n\r\n",
                "GET /echo/\u00e9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /echo/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "POST /swallow HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /swallow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST /swallow HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
                "POST /swallow HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: rubbish\r\nConnection: close\r\n\r\n",
            })
    void disclosesNoServerAndSendsNoErrorPage(String request) throws Exception {
        assertThat(raw(request))
                .matches("(?s)HTTP/1\\.1 (4\\d\\d|50[15]) .*")
                .doesNotContainIgnoringCase("<html")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContain("\tat ", "Exception", "Server:");
    }

    @Test
    void refusesAmbiguousBodyLengths() throws Exception {
        String reply = raw("""
                POST /swallow HTTP/1.1
                Host: x
                Content-Length: 5
                Transfer-Encoding: chunked
                Content-Type: application/cloudevents-batch+json

                2
                []
                0

                GET /echo/smuggled HTTP/1.1

                """.replace("\n", "\r\n"));

        assertThat(reply).doesNotContain("smuggled");
    }

    @Test
    void reportsItsHealth() throws Exception {
        for (String path : List.of("/healthz", "/healthz/live", "/healthz/ready")) {
            assertThat(send(to(path)).body()).isEqualTo("{\"status\":\"ok\"}");
        }
        assertThat(send(to("/healthz").DELETE()).statusCode()).isEqualTo(405);
        assertThat(send(to("/healthz/other")).statusCode()).isEqualTo(404);
    }

    @Test
    void answersRequestsInFlightBeforeItStops() throws Exception {
        var other = new SpringApplication(LocalProbes.class).run("--server.port=0", "--logging.level.root=OFF");
        String url = "http://127.0.0.1:" + other.getEnvironment().getProperty("local.server.port");
        var slow = CLIENT.sendAsync(
                HttpRequest.newBuilder(URI.create(url + "/echo/slow?sleep=1500"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(LocalProbes.SLEEPING.tryAcquire(2, TimeUnit.MINUTES)).isTrue();

        other.close();

        assertThat(slow.get().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.evil.example", "localhost.evil.example", "10.0.0.1"})
    void refusesAForeignHostWithoutApiKeys(String host) throws Exception {
        String reply = raw("GET /nowhere HTTP/1.1\r\nHost: " + host + ":8888\r\nConnection: close\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 400").contains("the Host must be localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8888"})
    void acceptsLocalHostNames(String host) throws Exception {
        String reply = raw("GET /nowhere HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(reply).startsWith("HTTP/1.1 404");
    }
}

package dev.odometer.local.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.local.http.LocalProbes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Clients that send their bodies slowly, or do not read their answers, on a server with few threads. */
class SlowClientsIT {

    private static final int THREADS = 4;
    private static final int CLIENTS = 100;
    /** The SHA-256 digest of "secret". */
    private static final String DIGEST = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private static final String KEY = "Authorization: Bearer secret\r\n";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    /** Ends no request while the tests run. */
    private static ConfigurableApplicationContext patient;
    /** Ends a request that is late. */
    private static ConfigurableApplicationContext strict;

    private final List<Socket> slow = new ArrayList<>();

    @BeforeAll
    static void start() {
        patient = start("1h");
        strict = start("2s");
    }

    private static ConfigurableApplicationContext start(String requestTimeout) {
        return new SpringApplication(LocalProbes.class)
                .run(
                        "--server.port=0",
                        "--logging.level.root=OFF",
                        "--server.tomcat.threads.max=" + THREADS,
                        "--odometer.api-keys=" + DIGEST,
                        "--odometer.http.request-timeout=" + requestTimeout);
    }

    @AfterAll
    static void stop() {
        patient.close();
        strict.close();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    private static int port(ConfigurableApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private Socket send(String request) throws IOException {
        return send(patient, request);
    }

    private Socket send(ConfigurableApplicationContext server, String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port(server));
        socket.setSoTimeout(120_000);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        slow.add(socket);
        return socket;
    }

    private static String post(String headers) {
        return "POST /swallow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/cloudevents-batch+json\r\n"
                + headers + "\r\n[";
    }

    private static HttpResponse<String> echo() throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(patient) + "/echo/a"))
                        .header("Authorization", "Bearer secret")
                        .timeout(Duration.ofMinutes(2))
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000000\r\n",
                "Transfer-Encoding: chunked\r\n",
                KEY + "Content-Length: 1000\r\n",
                KEY + "Content-Length: 1000000\r\n",
                KEY + "Content-Length: 1000000\r\nContent-Encoding: gzip\r\n",
            })
    void slowBodiesDelayNoOtherRequest(String headers) throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            send(post(headers));
        }

        assertThat(echo().statusCode()).isEqualTo(200);
        for (Socket socket : slow) {
            socket.getOutputStream().write(' ');
        }
        assertThat(echo().statusCode()).isEqualTo(200);
    }

    @Test
    void headersWithoutABodyDelayNoOtherRequest() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            send(post(KEY + "Content-Length: 1000\r\n").replaceAll("\\[$", ""));
        }

        assertThat(echo().statusCode()).isEqualTo(200);
    }

    @Test
    void refusesASlowBodyWithoutAKeyBeforeItArrives() throws Exception {
        Socket socket = send(post("Content-Length: 1000\r\n"));

        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 401")
                .contains("Connection: close");
    }

    @Test
    void answersARefusedClientThatSendsItsBody() throws Exception {
        Socket socket = send(post("Content-Length: 2\r\n") + "]");

        assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                .isEqualTo("HTTP/1.1 401");
    }

    @Test
    void endsASlowRequestAtItsDeadline() throws Exception {
        Socket socket = send(strict, post(KEY + "Content-Length: 1000\r\n"));

        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 408")
                .contains("the request did not arrive within 2 s");
    }

    @Test
    void readsABodyThatArrivesInPieces() throws Exception {
        Socket socket = send(post(KEY + "Transfer-Encoding: chunked\r\n").replaceAll("\\[$", "1\r\n[\r\n"));
        Thread.sleep(200);
        socket.getOutputStream().write("1\r\n]\r\n".getBytes(ISO_8859_1));
        Thread.sleep(200);
        socket.getOutputStream().write("0\r\n\r\n".getBytes(ISO_8859_1));

        assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                .isEqualTo("HTTP/1.1 204");
    }

    /** Part of the body arrives with the headers, and the buffer of the server is used again for the rest. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 4000, 7000, 15_000})
    void readsABodyWhoseFirstPartArrivesWithItsHeaders(int first) throws Exception {
        String events = IntStream.range(0, 300)
                .mapToObj(i -> "{\"specversion\":\"1.0\",\"id\":\"event-" + i + "\",\"source\":\"s\",\"type\":\"t\"}")
                .collect(Collectors.joining(",", "", "]"));
        Socket socket =
                send(post(KEY + "Content-Length: " + (events.length() + 1) + "\r\n") + events.substring(0, first));
        for (int from = first; from < events.length(); from += 5000) {
            Thread.sleep(50);
            String part = events.substring(from, Math.min(events.length(), from + 5000));
            socket.getOutputStream().write(part.getBytes(ISO_8859_1));
        }

        assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                .isEqualTo("HTTP/1.1 204");
    }

    @Test
    void answersAMalformedChunk() throws Exception {
        Socket socket = send(post(KEY + "Transfer-Encoding: chunked\r\n").replaceAll("\\[$", "1\r\n[\r\nzz\r\n"));

        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void clientsThatDoNotReadDelayNoOtherRequest() throws Exception {
        for (int i = 0; i < 2 * THREADS; i++) {
            send("GET /large/a HTTP/1.1\r\nHost: localhost\r\n" + KEY + "\r\n");
        }

        assertThat(echo().statusCode()).isEqualTo(200);
    }

    @Test
    void writesALargeAnswerCompletely() throws Exception {
        HttpResponse<String> reply = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(patient) + "/large/a"))
                        .header("Authorization", "Bearer secret")
                        .build(),
                BodyHandlers.ofString());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).hasSize(LocalProbes.LARGE + 2);
    }

    @Test
    void closesTheConnectionOfAClientThatDoesNotRead() throws Exception {
        Socket socket = send(strict, "GET /large/a HTTP/1.1\r\nHost: localhost\r\n" + KEY + "\r\n");

        assertThatThrownBy(() -> writeUntilClosed(socket)).isInstanceOf(IOException.class);
    }

    /** Sends empty lines, which start no request, until the server has closed the connection. */
    private static void writeUntilClosed(Socket socket) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (System.nanoTime() < end) {
            socket.getOutputStream().write("\r\n".getBytes(ISO_8859_1));
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}

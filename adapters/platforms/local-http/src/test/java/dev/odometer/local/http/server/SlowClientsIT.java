package dev.odometer.local.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

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
    private static ConfigurableApplicationContext context;
    private static int port;

    private final List<Socket> slow = new ArrayList<>();

    @BeforeAll
    static void start() {
        context = new SpringApplication(LocalProbes.class)
                .run(
                        "--server.port=0",
                        "--logging.level.root=OFF",
                        "--server.tomcat.threads.max=" + THREADS,
                        "--odometer.api-keys=" + DIGEST,
                        "--odometer.http.request-timeout=6s");
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    private Socket send(String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
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
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/echo/a"))
                        .header("Authorization", "Bearer secret")
                        .timeout(Duration.ofSeconds(5))
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
    void refusesASlowBodyWithoutAKeySoon() throws Exception {
        long start = System.nanoTime();
        Socket socket = send(post("Content-Length: 1000\r\n"));

        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 401")
                .contains("Connection: close");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void answersARefusedClientThatSendsItsBody() throws Exception {
        Socket socket = send(post("Content-Length: 2\r\n") + "]");

        assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
                .isEqualTo("HTTP/1.1 401");
    }

    @Test
    void endsASlowRequestAtItsDeadline() throws Exception {
        Socket socket = send(post(KEY + "Content-Length: 1000\r\n"));

        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 408")
                .contains("the request did not arrive within 6 s");
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
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/large/a"))
                        .header("Authorization", "Bearer secret")
                        .build(),
                BodyHandlers.ofString());

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).hasSize(LocalProbes.LARGE + 2);
    }

    @Test
    void closesTheConnectionOfAClientThatDoesNotRead() throws Exception {
        Socket socket = send("GET /large/a HTTP/1.1\r\nHost: localhost\r\n" + KEY + "\r\n");
        Thread.sleep(9000);

        long received = 0;
        byte[] bytes = new byte[1 << 16];
        try {
            for (int n = socket.getInputStream().read(bytes);
                    n >= 0;
                    n = socket.getInputStream().read(bytes)) {
                received += n;
            }
        } catch (IOException reset) {
            // The server may reset the connection.
        }
        assertThat(received).isLessThan(LocalProbes.LARGE);
    }
}

package dev.odometer.files.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.files.http.TestServer.Answer;
import dev.odometer.files.http.TestServer.Fault.Kind;
import dev.odometer.files.http.TestServer.Request;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.retry.Backoff;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStoreTest {

    private static final byte[] CONTENT = new byte[1_000_000];

    @TempDir
    static Path folder;

    private static TestServer server;
    private final AtomicInteger tokens = new AtomicInteger();
    private final HttpStore store = new HttpStore(
            new RequestSigner() {
                @Override
                public Call sign(Call call) {
                    return call.header("Authorization", "token " + tokens.get());
                }

                @Override
                public void invalidate() {
                    tokens.incrementAndGet();
                }
            },
            new HttpStore.Limits(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(400),
                    3,
                    Backoff.exponential(Duration.ofMillis(1), Duration.ofSeconds(1), 0)));

    @BeforeAll
    static void start() throws IOException {
        new SplittableRandom(5).nextBytes(CONTENT);
        Path file = Files.write(folder.resolve("file"), CONTENT);
        server = new TestServer(request -> Answer.file(request, file).header("ETag", "v1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.forget();
    }

    private static Call call(String method) {
        return Call.of(method, URI.create(server.uri() + "/file"));
    }

    private FileContent open(long from) {
        return new ObjectReader(store, new ObjectReader.Protocol() {
                    @Override
                    public Call get(@Nullable String version) {
                        return version == null ? call("GET") : call("GET").header("If-Match", version);
                    }

                    @Override
                    public String version(Reply reply) throws IOException {
                        return reply.required("ETag");
                    }
                })
                .open("file", null, from);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void retriesTransientStatuses(int status) throws IOException {
        server.instead("GET", status);
        server.instead("GET", status);

        try (Reply reply = store.send(call("GET"))) {
            assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void failsAfterTheLastAttempt() {
        for (int i = 0; i < 3; i++) {
            server.instead("GET", 503);
        }

        assertThatThrownBy(() -> store.send(call("GET"))).isInstanceOf(IOException.class);
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "POST", "DELETE"})
    void renewsCredentialsOnce(String method) throws IOException {
        server.instead(method, 401);

        try (Reply reply = store.send(call(method))) {
            assertThat(reply.status()).isEqualTo(200);
        }
        assertThat(server.requests())
                .extracting(request -> request.header("Authorization").orElseThrow())
                .containsExactly("token 0", "token 1");

        server.instead(method, 401);
        server.instead(method, 401);
        assertThat(store.send(call(method)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void doesNotFollowRedirects(int status) throws IOException {
        server.fault("GET", Kind.INSTEAD, Answer.of(status, "").header("Location", "http://127.0.0.1:1/"));

        assertThat(store.send(call("GET")).status()).isEqualTo(status);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999})
    void resumesABrokenDownload(long from) throws IOException {
        server.fault("GET", Kind.TRUNCATED, Answer.of(200, ""));
        server.fault("GET", Kind.TRUNCATED, Answer.of(200, ""));

        try (FileContent content = open(from)) {
            byte[] read = content.stream().readAllBytes();

            assertThat(read).isEqualTo(Arrays.copyOfRange(CONTENT, (int) from, CONTENT.length));
        }
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().get(2).header("If-Match")).contains("v1");
    }

    @Test
    void failsWhenADownloadCannotBeResumed() throws IOException {
        try (FileContent content = open(0)) {
            content.stream().readNBytes(10);
            server.forget();
            server.fault("GET", Kind.TRUNCATED, Answer.of(200, ""));
        }
        server.fault("GET", Kind.TRUNCATED, Answer.of(200, ""));
        server.instead("GET", 412);

        try (FileContent content = open(0)) {
            assertThatThrownBy(() -> content.stream().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("412");
        }
    }

    @Test
    void timesOutOnASilentServer() {
        for (int i = 0; i < 3; i++) {
            server.fault("GET", Kind.SILENCE, Answer.of(200, ""));
        }

        assertThatThrownBy(() -> store.sendRequired(call("GET"), "file"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
    }

    @Test
    void isUnavailableWithoutAServer() {
        assertThatThrownBy(() -> store.sendRequired(Call.of("GET", URI.create("http://127.0.0.1:1/")), "file"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
    }

    @Test
    void returnsNoBytesAfterTheEnd() throws IOException {
        try (FileContent content = open(1_000_000)) {
            assertThat(content.stream().readAllBytes()).isEmpty();
            assertThat(content.size()).isEqualTo(1_000_000);
        }
    }

    @Test
    void requiresRangeRequests() {
        server.fault("GET", Kind.INSTEAD, Answer.of(200, "all of it"));

        assertThatThrownBy(() -> open(3)).isInstanceOf(Refusal.class);
    }

    @Test
    void omitsSecretsFromTheTextOfACall() {
        assertThat(Call.of("GET", URI.create("https://host/key?sig=secret")).header("Authorization", "secret"))
                .hasToString("GET host/key");
        assertThat(server.requests()).extracting(Request::path).isEmpty();
    }
}

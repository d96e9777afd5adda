package dev.odometer.files.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.files.http.BearerToken;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.TestServer;
import dev.odometer.files.http.TestServer.Answer;
import dev.odometer.files.http.TestServer.Fault.Kind;
import dev.odometer.files.http.TestServer.Request;
import dev.odometer.functions.file.FileContent;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.file.FileStoreContract;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.retry.Backoff;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleFileStoreTest extends FileStoreContract {

    private static final HttpStore.Limits LIMITS = new HttpStore.Limits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            3,
            Backoff.exponential(Duration.ofMillis(1), Duration.ofSeconds(1), 0));
    private static final FileName NAME = new FileName("inbox", "2026/a b.csv");

    @TempDir
    static Path folder;

    private static CloudStorage storage;
    private static TestServer server;
    private FileStore store;
    private long now;

    private FileStore store(URI endpoint, URI metadata) {
        InstantSource clock = () -> Instant.ofEpochSecond(now);
        return new GoogleFileStore(
                new HttpStore(new BearerToken(new MetadataToken(metadata, LIMITS), clock), LIMITS), endpoint);
    }

    @BeforeAll
    static void start() throws IOException {
        storage = new CloudStorage(folder);
        server = new TestServer(storage);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        store = store(server.uri(), server.uri());
        server.forget();
        storage.expiresIn = 3599;
        storage.location = "";
    }

    @Override
    protected FileStore store() {
        return store;
    }

    @Override
    protected String container() {
        return "inbox";
    }

    @Override
    protected long streamedBytes() {
        return 200_000_000;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private void write(byte[] content) {
        store.write(NAME, "text/csv", out -> out.write(content));
    }

    private byte[] read() throws IOException {
        try (FileContent content = store.open(NAME, null, 0)) {
            return content.stream().readAllBytes();
        }
    }

    private static long tokens() {
        return server.requests().stream()
                .filter(request -> request.path().startsWith("/computeMetadata"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {8 * 1024 * 1024 - 1, 8 * 1024 * 1024, 8 * 1024 * 1024 + 1, 16 * 1024 * 1024})
    void writesEveryLengthAroundAChunk(int length) throws IOException {
        byte[] content = random(length);

        write(content);

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void resendsBytesThatTheStoreDidNotPersist() throws IOException {
        byte[] content = random(20_000_000);
        storage.bytesToLose = 3 * 256 * 1024;

        write(content);

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void retriesABrokenUpload() throws IOException {
        byte[] content = random(20_000_000);
        server.fault("PUT", Kind.AFTERWARDS, Answer.of(503, ""));
        server.fault("PUT", Kind.INSTEAD, Answer.of(429, "").header("Retry-After", "0"));

        write(content);

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void cancelsTheSessionOfAFailedUpload() {
        int before = storage.openSessions();

        assertThatThrownBy(() -> store.write(NAME, "text/csv", out -> {
                    out.write(new byte[10_000_000]);
                    throw new IOException("half");
                }))
                .isInstanceOf(Refusal.class);

        assertThat(storage.openSessions()).isEqualTo(before);
    }

    @Test
    void doesNotUploadToAnotherServer() {
        storage.location = "http://127.0.0.1:1";

        assertThatThrownBy(() -> write(new byte[10_000_000]))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
    }

    @Test
    void cachesATokenUntilItExpires() throws IOException {
        write(new byte[1]);
        read();
        assertThat(tokens()).isEqualTo(1);

        now = 3599 - 240;
        read();

        assertThat(tokens()).isEqualTo(2);
    }

    @Test
    void requestsANewTokenWhenOneIsRejected() throws IOException {
        write(new byte[1]);
        server.instead("GET", 401);

        assertThat(read()).hasSize(1);
        assertThat(tokens()).isEqualTo(2);
    }

    @Test
    void refusesATokenOfAnotherServer() throws IOException {
        try (var other = new TestServer(request -> Answer.of(200, "{\"access_token\":\"x\",\"expires_in\":9}"))) {
            FileStore store = store(server.uri(), other.uri());

            assertThatThrownBy(() -> store.open(NAME, null, 0))
                    .isInstanceOfSatisfying(
                            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
        }
    }

    @Test
    void resumesABrokenDownload() throws IOException {
        byte[] content = random(1_000_000);
        write(content);
        server.fault("GET", Kind.TRUNCATED, Answer.of(200, ""));
        server.fault("GET", Kind.TRUNCATED, Answer.of(200, ""));

        assertThat(read()).isEqualTo(content);
        Request last = server.requests().get(server.requests().size() - 1);
        assertThat(last.query()).containsKey("ifGenerationMatch");
        assertThat(last.header("Accept-Encoding")).contains("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "12345678901234567890", "1&alt=json"})
    void refusesAVersionThatIsNotAGeneration(String version) {
        write(new byte[1]);

        assertThatThrownBy(() -> store.open(NAME, version, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_FOUND));
    }

    @ParameterizedTest
    @CsvSource({"400, INVALID", "403, INVALID", "404, NOT_FOUND", "412, NOT_FOUND", "302, UNAVAILABLE"})
    void mapsStatusesToRefusals(int status, RefusalKind kind) {
        write(new byte[1]);
        server.instead("GET", status);

        assertThat(catchThrowableOfType(Refusal.class, () -> store.open(NAME, null, 0))
                        .kind())
                .isEqualTo(kind);
    }
}

package dev.odometer.files.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.files.http.BearerToken;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.RequestSigner;
import dev.odometer.files.http.TestServer;
import dev.odometer.files.http.TestServer.Answer;
import dev.odometer.files.http.TestServer.Fault.Kind;
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

class AzureFileStoreTest extends FileStoreContract {

    private static final HttpStore.Limits LIMITS = new HttpStore.Limits(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            3,
            Backoff.exponential(Duration.ofMillis(1), Duration.ofSeconds(1), 0));
    private static final FileName NAME = new FileName("inbox", "2026/a b.csv");

    @TempDir
    static Path folder;

    private static TestServer server;
    private FileStore store;
    private long now;
    private final InstantSource clock = () -> Instant.ofEpochSecond(now);

    @BeforeAll
    static void start() throws IOException {
        server = new TestServer(new BlobStorage(folder));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        server.forget();
        store = store(managedIdentity(""));
    }

    private static FileStore store(RequestSigner signer) {
        return new AzureFileStore(new HttpStore(signer, LIMITS), server.uri());
    }

    private RequestSigner managedIdentity(String secret) {
        var endpoint = new ManagedIdentity.Endpoint(URI.create(server.uri() + "/token"), secret, "");
        return new BearerToken(new ManagedIdentity(endpoint, LIMITS), clock);
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
                .filter(request -> request.path().startsWith("/token"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {8 * 1024 * 1024 - 1, 8 * 1024 * 1024, 8 * 1024 * 1024 + 1, 16 * 1024 * 1024})
    void writesEveryLengthAroundABlock(int length) throws IOException {
        byte[] content = random(length);

        write(content);

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void retriesABrokenUpload() throws IOException {
        byte[] content = random(20_000_000);
        server.fault("PUT", Kind.AFTERWARDS, Answer.of(503, ""));
        server.instead("PUT", 500);

        write(content);

        assertThat(read()).isEqualTo(content);
    }

    @Test
    void refusesTheCommitOfAConcurrentWriterAsUnavailable() {
        byte[] content = random(10_000_000);

        assertThatThrownBy(() -> store.write(NAME, "text/csv", out -> {
                    out.write(content);
                    write(new byte[1]);
                }))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "\"%s\""})
    void acceptsAnETagWithAndWithoutQuotes(String form) throws IOException {
        write(random(10));
        String etag;
        try (FileContent content = store.open(NAME, null, 0)) {
            etag = content.version();
        }

        try (FileContent content = store.open(NAME, form.formatted(etag), 0)) {
            assertThat(content.version()).isEqualTo(etag).startsWith("0x8D");
            assertThat(content.contentType()).isEqualTo("text/csv");
        }
    }

    @Test
    void usesTheTokenOfTheAppsIdentity() throws IOException {
        store = store(managedIdentity("secret"));
        write(random(10));

        assertThat(read()).hasSize(10);
        assertThat(tokens()).isEqualTo(1);
    }

    @Test
    void requestsANewTokenWhenOneExpiresOrIsRejected() throws IOException {
        write(random(10));
        assertThat(tokens()).isEqualTo(1);
        now = 3600 - 300;
        read();
        assertThat(tokens()).isGreaterThan(1);
        now = 0;
        long before = tokens();
        server.instead("GET", 401);

        assertThat(read()).hasSize(10);
        assertThat(tokens()).isGreaterThan(before);
    }

    @Test
    void isUnavailableWithoutAToken() {
        store = store(managedIdentity("wrong"));

        assertThatThrownBy(() -> store.open(NAME, null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
    }

    @Test
    void usesASharedAccessSignature() throws IOException {
        store = store(new SharedAccess("?sv=2021-08-06&sig=s%2Fecret%3D"));
        write(random(10_000_000));

        assertThat(read()).hasSize(10_000_000);
        assertThat(new SharedAccess("sig=secret").toString()).doesNotContain("secret");
    }

    @Test
    void resumesABrokenDownload() throws IOException {
        byte[] content = random(1_000_000);
        write(content);
        server.fault("GET", Kind.TRUNCATED, Answer.of(200, ""));

        read();
        server.fault("GET", Kind.TRUNCATED, Answer.of(200, ""));

        assertThat(read()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", "a./b", "a/", "a\\b", "a..", "a/b."})
    void refusesNamesThatAzureChanges(String key) {
        assertThatThrownBy(() -> store.open(new FileName("inbox", key), null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.INVALID));
    }

    @ParameterizedTest
    @CsvSource({
        "400, '', INVALID",
        "403, <Code>AuthorizationPermissionMismatch</Code>, INVALID",
        "403, <Code>AuthenticationFailed</Code>, UNAVAILABLE",
        "404, '', NOT_FOUND",
        "409, <Code>BlobArchived</Code>, UNAVAILABLE",
        "412, '', NOT_FOUND"
    })
    void mapsStatusesToRefusals(int status, String text, RefusalKind kind) throws IOException {
        write(new byte[1]);
        server.fault("GET", Kind.INSTEAD, Answer.of(status, text));

        assertThat(catchThrowableOfType(Refusal.class, () -> store.open(NAME, null, 0))
                        .kind())
                .isEqualTo(kind);
    }
}

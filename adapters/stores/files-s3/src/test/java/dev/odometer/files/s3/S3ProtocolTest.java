package dev.odometer.files.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.TestServer;
import dev.odometer.files.http.TestServer.Answer;
import dev.odometer.files.http.TestServer.Fault.Kind;
import dev.odometer.files.http.TestServer.Request;
import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.retry.Backoff;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests to S3 and the handling of its responses, with a fake server. */
class S3ProtocolTest {

    private static final FileName NAME = new FileName("inbox", "a.csv");
    private static TestServer server;
    private static S3FileStore store;

    @BeforeAll
    static void start() throws Exception {
        Credentials.set();
        server = new TestServer(S3ProtocolTest::answer);
        store = store(new S3Settings("eu-west-1", Optional.of(server.uri()), true));
    }

    private static S3FileStore store(S3Settings settings) {
        return new S3FileStore(
                settings,
                new HttpStore.Limits(
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        2,
                        Backoff.exponential(Duration.ofMillis(1), Duration.ofSeconds(1), 0)));
    }

    /** Accepts all parts, and completes an upload with an error and the status 200, as S3 can do. */
    private static Answer answer(Request request) {
        if (request.query().containsKey("uploads")) {
            return Answer.of(200, "<R><UploadId>u/+&amp;1</UploadId></R>");
        }
        return request.method().equals("POST")
                ? Answer.of(200, "<Error><Code>InternalError</Code></Error>")
                : Answer.of(200, "x").header("ETag", "\"00000000000000000000000000000000\"");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.forget();
    }

    private static RefusalKind refusalOfOpen() {
        return catchThrowableOfType(Refusal.class, () -> store.open(NAME, null, 0))
                .kind();
    }

    @ParameterizedTest
    @CsvSource({
        "301, UNAVAILABLE",
        "307, UNAVAILABLE",
        "400, INVALID",
        "401, UNAVAILABLE",
        "403, INVALID",
        "404, NOT_FOUND",
        "409, UNAVAILABLE",
        "412, NOT_FOUND",
        "503, UNAVAILABLE"
    })
    void mapsStatusesToRefusals(int status, RefusalKind kind) {
        server.instead("GET", status);
        server.instead("GET", status);

        assertThat(refusalOfOpen()).isEqualTo(kind);
    }

    @Test
    void isUnavailableWithInvalidCredentials() {
        server.fault("GET", Kind.INSTEAD, Answer.of(403, "<Error><Code>ExpiredToken</Code></Error>"));

        assertThat(refusalOfOpen()).isEqualTo(RefusalKind.UNAVAILABLE);
    }

    @Test
    void timesOutOnASilentServer() {
        server.fault("GET", Kind.SILENCE, Answer.of(200, ""));
        server.fault("GET", Kind.SILENCE, Answer.of(200, ""));

        assertThat(refusalOfOpen()).isEqualTo(RefusalKind.UNAVAILABLE);
    }

    @Test
    void detectsAnErrorInASuccessfulCompletion() {
        assertThatThrownBy(() -> store.write(NAME, "text/csv", out -> out.write(new byte[9_000_000])))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
        assertThat(server.requests())
                .extracting(Request::method)
                .containsExactly("POST", "PUT", "PUT", "POST", "DELETE");
        assertThat(server.requests().get(4).query()).containsEntry("uploadId", "u/+&1");
    }

    @Test
    void abortsAFailedUpload() {
        assertThatThrownBy(() -> store.write(NAME, "text/csv", out -> {
                    out.write(new byte[20_000_000]);
                    throw new IllegalStateException("half");
                }))
                .hasMessage("half");
        assertThat(server.requests()).extracting(Request::method).containsExactly("POST", "PUT", "PUT", "DELETE");
    }

    @Test
    void signsRequests() throws Exception {
        store.open(NAME, "3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRcxv", 0).close();

        Request request = server.requests().get(0);
        assertThat(request.query()).containsEntry("versionId", "3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRcxv");
        assertThat(request.header("Authorization").orElseThrow())
                .startsWith("AWS4-HMAC-SHA256 Credential=S3RVER/")
                .contains("/eu-west-1/s3/aws4_request");
        assertThat(request.header("Host")).contains(server.uri().getAuthority());
    }

    @Test
    void acceptsOtherFormsOfETags() throws Exception {
        server.fault("GET", Kind.INSTEAD, Answer.of(200, "x").header("ETag", "\"odd-1\""));
        String version;
        try (var content = store.open(NAME, null, 0)) {
            version = content.version();
        }

        store.open(NAME, version, 0).close();

        assertThat(server.requests().get(1).header("If-Match")).contains("\"odd-1\"");
        assertThat(server.requests().get(1).query()).isEmpty();
    }

    @Test
    void putsTheBucketIntoTheHostName() {
        S3FileStore aws = store(new S3Settings("cn-north-1", Optional.empty(), false));

        assertThat(aws.uri(new FileName("inbox", "a b/ü.csv"), ""))
                .isEqualTo(URI.create("https://inbox.s3.cn-north-1.amazonaws.com.cn/a%20b/%C3%BC.csv"));
        assertThat(aws.uri(new FileName("in.box", "a"), "?uploads="))
                .isEqualTo(URI.create("https://s3.cn-north-1.amazonaws.com.cn/in.box/a?uploads="));
    }
}

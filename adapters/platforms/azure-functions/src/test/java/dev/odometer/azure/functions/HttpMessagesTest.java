package dev.odometer.azure.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMessagesTest {

    /** A fake of the worker's request. */
    record Message(
            HttpMethod method,
            String target,
            Map<String, String> headers,
            @Nullable String text) implements HttpRequestMessage<Optional<String>> {

        @Override
        public URI getUri() {
            return URI.create("https://odometer.azurewebsites.net" + target);
        }

        @Override
        public HttpMethod getHttpMethod() {
            return method;
        }

        @Override
        public Map<String, String> getHeaders() {
            return headers;
        }

        @Override
        public Map<String, String> getQueryParameters() {
            return Map.of("must not", "be used");
        }

        @Override
        public Optional<String> getBody() {
            return Optional.ofNullable(text);
        }

        @Override
        public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
            throw new UnsupportedOperationException("the enum does not have all statuses of the door");
        }

        @Override
        public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
            return new Answer().status(status);
        }
    }

    /** A fake of the worker's response and its builder. */
    static final class Answer implements HttpResponseMessage, HttpResponseMessage.Builder {

        private final Map<String, String> headers = new HashMap<>();
        private HttpStatusType status = HttpStatus.OK;
        private @Nullable Object body;

        @Override
        public Answer status(HttpStatusType value) {
            status = value;
            return this;
        }

        @Override
        public Answer header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        @Override
        public Answer body(Object value) {
            body = value;
            return this;
        }

        @Override
        public Answer build() {
            return this;
        }

        @Override
        public HttpStatusType getStatus() {
            return status;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return headers.get(name);
        }

        @Override
        public @Nullable Object getBody() {
            return body;
        }
    }

    private static Message get(String target) {
        return new Message(HttpMethod.GET, target, Map.of(), null);
    }

    private static Message post(String body, String... headers) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Message(HttpMethod.POST, "/api/v1/events", all, body);
    }

    private static HttpResponseMessage answer(int status, Headers headers, byte[] body) {
        return HttpMessages.reply(new HttpReply(status, headers, body), get("/"));
    }

    private static int status(Message message) {
        return TriggerFixture.http().http(message).getStatusCode();
    }

    @Test
    void readsThePathAndTheQueryAsSent() {
        HttpRequest request = HttpMessages.request(get("/a%2Fb/c%20d?x=&y=1&y=2&z=%26"));

        assertThat(request.path()).isEqualTo("/a%2Fb/c%20d");
        assertThat(request.query()).isEqualTo("x=&y=1&y=2&z=%26");
    }

    @Test
    void readsTheAddressThatTheFrontEndAppended() {
        Message forged = post("", "X-Forwarded-For", "198.51.100.1, 203.0.113.7:4711");

        assertThat(HttpMessages.request(forged).address()).isEqualTo("203.0.113.7:4711");
        assertThat(HttpMessages.request(get("/a")).address()).isEmpty();
    }

    @Test
    void distinguishesNoQueryFromAnEmptyOne() {
        assertThat(HttpMessages.request(get("/a")).query()).isNull();
        assertThat(HttpMessages.request(get("/a?")).query()).isEmpty();
    }

    @Test
    void readsTheBodyAsUtf8() {
        assertThat(HttpMessages.request(post("{\"ü\":1}")).body()).isEqualTo("{\"ü\":1}".getBytes(UTF_8));
        assertThat(HttpMessages.request(get("/a")).body()).isEmpty();
    }

    @Test
    void leavesOutAHeaderWithoutAValue() {
        var headers = new HashMap<String, @Nullable String>();
        headers.put("x-a", null);
        headers.put("x-b", "");
        @SuppressWarnings("NullAway") // tests robustness against null values
        var message = new Message(HttpMethod.GET, "/", headers, null);

        Headers read = HttpMessages.request(message).headers();

        assertThat(read.all("X-A")).isEmpty();
        assertThat(read.all("X-B")).containsExactly("");
    }

    @Property(tries = 200)
    void readsAnyText(@ForAll String text) {
        byte[] body = HttpMessages.request(post(text)).body();

        assertThat(body).isEqualTo(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 299, 418, 503, 599})
    void returnsAnyStatus(int status) {
        assertThat(answer(status, Headers.NONE, new byte[0]).getStatusCode()).isEqualTo(status);
    }

    @Test
    void returnsBytesOrNoBody() {
        byte[] body = {1, -1, 0};

        assertThat(answer(200, Headers.NONE, body).getBody()).isSameAs(body);
        assertThat(answer(204, Headers.NONE, new byte[0]).getBody()).isNull();
    }

    @Test
    void joinsTheValuesOfAHeader() {
        Headers headers = Headers.of("Vary", "Accept", "vary", "Origin");

        assertThat(answer(200, headers, new byte[0]).getHeader("Vary")).isEqualTo("Accept, Origin");
    }

    @Test
    void sendsOneCookie() {
        assertThat(answer(200, Headers.of("Set-Cookie", "a=1"), new byte[0]).getHeader("Set-Cookie"))
                .isEqualTo("a=1");
    }

    @Test
    void failsForSeveralCookies() {
        Headers two = Headers.of("Set-Cookie", "a=1", "set-cookie", "b=2");

        assertThatThrownBy(() -> answer(200, two, new byte[0]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Azure Functions supports one cookie per response, not 2");
    }

    @ParameterizedTest
    @CsvSource({"gzip", "br", "x-gzip", "'gzip, identity'", "IDENTITY2"})
    void refusesABodyThatIsEncoded(String encoding) {
        HttpResponseMessage answer = TriggerFixture.http().http(post("\uFFFD\b", "content-encoding", encoding));

        assertThat(answer.getStatusCode()).isEqualTo(415);
        assertThat(answer.getHeader("Accept-Encoding")).isEqualTo("identity");
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", " Identity ", "", " "})
    void acceptsABodyWithIdentityEncoding(String encoding) {
        assertThat(HttpMessages.bodyError(HttpMessages.request(post("{}", "content-encoding", encoding))))
                .isEmpty();
    }

    @Test
    void refusesABodyWithoutContentLength() {
        assertThat(status(post("", "transfer-encoding", "chunked"))).isEqualTo(411);
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        assertThat(status(post("\"\uFFFD\"", "content-length", "3"))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "none", "-1", "99999999999999999999"})
    void acceptsABodyWithAMatchingOrInvalidContentLength(String length) {
        assertThat(HttpMessages.bodyError(HttpMessages.request(post("\"\uFFFD\"", "content-length", length))))
                .isEmpty();
    }

    @Test
    void returns404ForAnUnknownPath() {
        assertThat(status(get("/none"))).isEqualTo(404);
        assertThat(status(get(""))).isEqualTo(404);
    }
}

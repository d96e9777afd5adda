package dev.odometer.google.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.functions.HttpResponse;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {

    /** A fake of the framework's request, whose own path and query must not be used. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record FakeRequest(String uri, Map<String, List<String>> headers, byte[] body)
            implements com.google.cloud.functions.HttpRequest {

        @Override
        public String getMethod() {
            return "POST";
        }

        @Override
        public String getUri() {
            return uri;
        }

        @Override
        public String getPath() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> getQuery() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, List<String>> getQueryParameters() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, HttpPart> getParts() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> getContentType() {
            return getFirstHeader("Content-Type");
        }

        @Override
        public long getContentLength() {
            return body.length;
        }

        @Override
        public Optional<String> getCharacterEncoding() {
            return Optional.empty();
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public BufferedReader getReader() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return headers;
        }
    }

    private static final class FakeResponse implements HttpResponse {

        private final Map<String, List<String>> headers = new TreeMap<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int status;

        @Override
        public void setStatusCode(int code) {
            status = code;
        }

        @Override
        public void setStatusCode(int code, String message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setContentType(String contentType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> getContentType() {
            return Optional.empty();
        }

        @Override
        public void appendHeader(String header, String value) {
            headers.merge(header, List.of(value), (a, b) -> List.of(a.get(0), b.get(0)));
        }

        @Override
        public Map<String, List<String>> getHeaders() {
            return headers;
        }

        @Override
        public OutputStream getOutputStream() {
            return body;
        }

        @Override
        public BufferedWriter getWriter() {
            throw new UnsupportedOperationException();
        }
    }

    private static HttpRequest request(String uri, Map<String, List<String>> headers) throws IOException {
        return Exchange.request(new FakeRequest(uri, headers, new byte[0]), 10);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/a%20b/c?x=&y=%2B+1, /a%20b/c, x=&y=%2B+1",
        "http://localhost, /, ",
        "http://localhost?q, /, q",
        "/a?, /a, ''",
        "/a://b, /a://b, ",
        "//a/b, //a/b, "
    })
    void readsPathAndQueryAsSent(String uri, String path, String query) throws IOException {
        HttpRequest request = request(uri, Map.of());

        assertThat(request.path()).isEqualTo(path);
        assertThat(request.query()).isEqualTo(query);
    }

    @Test
    void readsTheAddressThatTheFrontEndAppended() throws IOException {
        var forged = Map.of("X-Forwarded-For", List.of("198.51.100.1", "198.51.100.2,203.0.113.7"));

        assertThat(Exchange.request(new FakeRequest("/a", forged, new byte[0]), 10)
                        .address())
                .isEqualTo("203.0.113.7");
        assertThat(Exchange.request(new FakeRequest("/a", Map.of(), new byte[0]), 10)
                        .address())
                .isEmpty();
    }

    @Test
    void keepsRepeatedHeadersSeparate() throws IOException {
        HttpRequest request = request("/", Map.of("X-A", List.of("1", "2")));

        assertThat(request.headers().all("x-a")).containsExactly("1", "2");
    }

    @Test
    void readsOneByteMoreThanTheLimit() throws IOException {
        HttpRequest request = Exchange.request(new FakeRequest("/", Map.of(), new byte[1000]), 10);

        assertThat(request.body()).hasSize(11);
    }

    @Test
    void passesTheDueTimeOfCloudScheduler() throws IOException {
        var scheduled = Map.of("X-CloudScheduler-ScheduleTime", List.of("2026-11-01T02:00:00+01:00"));

        assertThat(request("/schedules/nightly", scheduled).query()).isEqualTo("due=2026-11-01T02%3A00%3A00%2B01%3A00");
        assertThat(request("/schedules/nightly?due=2026-01-01T00:00:00Z", scheduled)
                        .query())
                .endsWith("&due=2026-11-01T02%3A00%3A00%2B01%3A00");
    }

    @Test
    void writesStatusHeadersAndBytes() throws IOException {
        var response = new FakeResponse();
        byte[] body = {0, (byte) 0xff, 10};

        Exchange.answer(new HttpReply(299, Headers.of("Set-Cookie", "a=1").with("Set-Cookie", "b=2"), body), response);

        assertThat(response.status).isEqualTo(299);
        assertThat(response.headers).isEqualTo(Map.of("Set-Cookie", List.of("a=1", "b=2")));
        assertThat(response.body.toByteArray()).isEqualTo(body);
    }
}

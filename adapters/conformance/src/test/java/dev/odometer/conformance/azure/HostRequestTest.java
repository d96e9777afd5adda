package dev.odometer.conformance.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated host is lossy in the same ways as Azure's. */
class HostRequestTest {

    private static HostRequest arrived(String path, @Nullable String query, Headers headers, byte[] body) {
        return HostRequest.of(new HttpRequest("POST", path, query, headers, body));
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb, /a%2Fb",
        "/a%3Fb, /a%3Fb",
        "/a%20b+c, /a%20b+c",
        "/%C3%BC, /%C3%BC",
        "/100%25, /100%25",
        "/%2541, /%41",
        "/a//b, /a//b",
        "/a/../b/./c, /b/c",
        "/a%7Cb, /a%7Cb"
    })
    void passesThePathAsDecodedByTheServer(String sent, String arrived) {
        assertThat(arrived(sent, null, Headers.NONE, new byte[0]).getUri().getRawPath())
                .isEqualTo(arrived);
    }

    @Test
    void passesTheQueryAsSent() {
        HostRequest request = arrived("/a", "x=&y=%7C&y=+", Headers.NONE, new byte[0]);

        assertThat(request.getUri().getRawQuery()).isEqualTo("x=&y=%7C&y=+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|b", "{a}", "a b", "%"})
    void failsForAnInvalidQuery(String query) {
        assertThatThrownBy(() -> arrived("/a", query, Headers.NONE, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void joinsTheValuesOfAHeader() {
        Headers headers = Headers.of("X-A", "1").with("x-a", "2");

        assertThat(arrived("/", null, headers, new byte[0]).getHeaders()).containsEntry("x-a", "1,2");
    }

    @Test
    void replacesInvalidBytesOfText() {
        HostRequest request = arrived("/", null, Headers.NONE, new byte[] {'a', -1});

        assertThat(request.getBody()).contains("a\uFFFD");
        assertThat(request.getHeaders()).containsEntry("content-length", "2");
    }

    @Test
    void dropsABodyWithoutALength() {
        Headers headers = Headers.of("Transfer-Encoding", "chunked");

        assertThat(arrived("/", null, headers, "{}".getBytes(UTF_8)).getBody()).isEmpty();
    }
}

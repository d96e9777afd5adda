package dev.odometer.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/path",
                "//host/path",
                "ftp://host/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:25/",
                "jar:http://host!/",
                "http:host",
                "http://",
                "http:///path",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://0x7f000001/",
                "http://017700000001/",
                "http://127.1/",
                "http://127.0.0.1./",
                "http://0177.0.0.1/",
                "http://127.0.0.01/",
                "http://256.0.0.1/",
                "http://127.0.0.1.5/",
                "http://example.0x7f/",
                "http://[fe80::1%25eth0]/",
                "http://[::1",
                "http://[v1.x]/",
                "http://１２７.０.０.１/",
                "http://ⓛocalhost/",
                "http://münchen.example/",
                "http://under_score.example/",
                "http://host:0/",
                "http://host:65536/",
                "http://host:99999999999/",
                "http://host\\@127.0.0.1/",
                "http://host\r\nHost: other/",
                "http://host /",
                "http://host/ path",
                "http://host/%zz"
            })
    void refusesInvalidUrls(String url) {
        assertThatThrownBy(() -> Endpoint.of(url)).isInstanceOf(Refusal.class);
    }

    /** Valid URLs; {@link CheckedAddresses} decides about their addresses. */
    @ParameterizedTest
    @CsvSource({
        "http://localhost./hook, http://localhost./hook",
        "http://[::ffff:127.0.0.1]/x, http://[::ffff:127.0.0.1]/x",
        "HTTPS://Hooks.Example:8443/a?key=secret#part, https://Hooks.Example:8443/a",
        "https://user:password@hooks.example, https://hooks.example/",
        "https://hooks.example@127.0.0.1/, https://127.0.0.1/"
    })
    void omitsUserAndQueryFromTheShownUrl(String url, String shown) {
        assertThat(Endpoint.of(url).shown()).isEqualTo(shown);
    }

    @Test
    void sendsTheQueryAndConvertsTheUserToAHeader() {
        Endpoint endpoint = Endpoint.of("https://user:pass@hooks.example/a%20b?key=%26#part");

        assertThat(endpoint.uri()).hasToString("https://hooks.example/a%20b?key=%26");
        assertThat(endpoint.authorization()).contains("Basic dXNlcjpwYXNz");
    }

    @Property
    void refusesInvalidUrlsWithoutRepeatingThem(@ForAll String text) {
        try {
            assertThat(Endpoint.of("http://" + text).uri().getHost()).isNotNull();
        } catch (Refusal refusal) {
            assertThat(refusal.detail()).doesNotContain("http://" + text);
        }
    }
}

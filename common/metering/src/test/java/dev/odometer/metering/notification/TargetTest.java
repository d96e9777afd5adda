package dev.odometer.metering.notification;

import static dev.odometer.metering.notification.Examples.NOW;
import static dev.odometer.metering.notification.Examples.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Target.Email;
import dev.odometer.metering.notification.Target.Webhook;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    private static final String URL = "https://example.com/hook";

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/a?b=c", "HTTPS://EXAMPLE.com", "https://[::1]:443/", URL})
    void acceptsUrls(String url) {
        assertThat(Webhook.of(url, Map.of(), SECRET).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "example.com",
                "/hook",
                "ftp://example.com/",
                "javascript:alert(1)",
                "https://user:password@example.com/",
                "https://user@example.com/",
                "https://",
                "https:///x",
                "https://exa mple.com",
                "https://example.com/\r\nx: y",
                "https://example.com/#part",
                "https://example.com:70000/",
                "https://0x7f.1/",
                "http://\u0000/"
            })
    void refusesInvalidUrls(String url) {
        assertThatThrownBy(() -> Webhook.of(url, Map.of(), SECRET)).isInstanceOf(Refusal.class);
    }

    @Test
    void refusesLongUrls() {
        String url = URL + "?" + "x".repeat(2048);

        assertThatThrownBy(() -> Webhook.of(url, Map.of(), SECRET)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "connection",
                "Transfer-Encoding",
                "content-type",
                "Content-Length",
                "webhook-id",
                "SVIX-signature",
                "x y",
                "x:",
                "x\r\nhost",
                "",
                "ü"
            })
    void refusesInvalidAndReservedHeaderNames(String name) {
        assertThatThrownBy(() -> Webhook.of(URL, Map.of(name, "value"), SECRET)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "\0", " a", "a ", "ü"})
    void refusesInvalidHeaderValues(String value) {
        assertThatThrownBy(() -> Webhook.of(URL, Map.of("x-a", value), SECRET)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "tooshort",
                "MDEyMzQ1Njc4OWFi=DEyMzQ1Njc4OWFiY2Rl",
                "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY!"
            })
    void refusesInvalidSecrets(String secret) {
        assertThatThrownBy(() -> Webhook.of(URL, Map.of(), secret))
                .isInstanceOf(Refusal.class)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("MDEy"));
    }

    @Test
    void omitsTheSecretFromToString() {
        assertThat(Webhook.of(URL, Map.of("authorization", "Bearer geheim"), SECRET)
                        .toString())
                .doesNotContain(SECRET, "geheim");
    }

    @Test
    void keepsThePreviousSecretUntilItExpires() {
        Webhook first = Webhook.of(URL, Map.of(), SECRET);
        Webhook second = Webhook.of(URL, Map.of(), "a".repeat(32));

        Webhook rotated = second.replacing(first, NOW, NOW.plusSeconds(60));
        Webhook renamed = second.replacing(rotated, NOW.plusSeconds(59), NOW.plusSeconds(999));

        assertThat(rotated.previousSecret()).isEqualTo(SECRET);
        assertThat(renamed).isEqualTo(rotated);
        assertThat(second.replacing(rotated, NOW.plusSeconds(60), NOW.plusSeconds(999)))
                .isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops@example.com", "a.b+c@sub.example.co", "ü@bücher.example", "root@localhost"})
    void acceptsAddresses(String address) {
        assertThat(Email.of(List.of(address)).to()).containsExactly(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ops",
                "@example.com",
                "ops@",
                "a@b@c",
                "ops@example.com\r\nbcc: x@example.com",
                "Ops <ops@example.com>",
                "a@b.com,c@d.com",
                "a b@c.com",
                "a@-b.com",
                "a@b..com"
            })
    void refusesInvalidAddresses(String address) {
        assertThatThrownBy(() -> Email.of(List.of(address))).isInstanceOf(Refusal.class);
    }

    @Test
    void refusesNoAddressesAndTooMany() {
        assertThatThrownBy(() -> Email.of(List.of())).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Email.of(Collections.nCopies(11, "a@example.com")))
                .isInstanceOf(Refusal.class);
    }
}

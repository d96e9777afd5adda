package dev.odometer.local.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleFilesTest {

    private static ConsoleFiles files(Map<String, String> settings, String basePath) {
        return ConsoleFiles.find(new Settings(settings::get), basePath);
    }

    private static Optional<HttpReply> get(ConsoleFiles files, String path) {
        return files.reply(new HttpRequest("GET", path, null, Headers.NONE, new byte[0]));
    }

    @Test
    void areBelowTheBasePathToo() {
        ConsoleFiles files = files(Map.of(), "/usage");

        assertThat(get(files, "/usage/js/api.js"))
                .hasValueSatisfying(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(get(files, "/usage/")).isPresent();
        assertThat(get(files, "/")).isPresent();
        assertThat(get(files, "/usageless/")).isEmpty();
    }

    /** The links in the page are relative to its folder. */
    @Test
    void redirectToTheFolder() {
        HttpReply reply = get(files(Map.of(), "/usage"), "/usage").orElseThrow();

        assertThat(reply.status()).isEqualTo(308);
        assertThat(reply.headers().first("Location")).contains("/usage/");
    }

    @Test
    void canBeDisabled() {
        ConsoleFiles files = files(Map.of("odometer.console.enabled", "false"), "/usage");

        assertThat(get(files, "/")).isEmpty();
        assertThat(get(files, "/index.html")).isEmpty();
        assertThat(get(files, "/usage")).isEmpty();
    }

    @Test
    void leaveOtherMethodsToTheDoor() {
        ConsoleFiles files = files(Map.of(), "");

        assertThat(files.reply(new HttpRequest("POST", "/", null, Headers.NONE, new byte[0])))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*; script-src *",
                "https://a.example, https://b.example",
                "a.example",
                "https://a.example/path",
                "'none' 'self'",
                "'unsafe-inline'"
            })
    void refuseAncestorsThatWouldChangeThePolicy(String ancestors) {
        assertThatThrownBy(() -> files(Map.of("odometer.portal.frame-ancestors", ancestors), ""))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("odometer.portal.frame-ancestors")
                .hasMessageContaining(ancestors);
    }

    @Test
    void onlyThePortalMayBeEmbedded() {
        assertThat(ConsoleFiles.policy("/portal.html", "https://shop.example 'self'"))
                .endsWith("; frame-ancestors https://shop.example 'self'");
        assertThat(ConsoleFiles.policy("/index.html", "https://shop.example 'self'"))
                .endsWith("; frame-ancestors 'none'");
    }
}

package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();

    private static String digest(String key) {
        return new Sha256().add(key).hex();
    }

    private static Optional<ApiKey> find(ApiKeys keys, String key) {
        return keys.find(Optional.of("Bearer " + key));
    }

    private ApiKeys entries(String entries) {
        return ApiKeys.of(entries, "", nanos::get);
    }

    private ApiKeys file(String content) throws IOException {
        return ApiKeys.of("", Files.writeString(folder.resolve("keys"), content).toString(), nanos::get);
    }

    private void afterSeconds(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void acceptAKeyInUtf8() {
        var keys = entries(digest("schlüssel"));

        assertThat(find(keys, Headers.transmitted("schlüssel"))).isPresent();
        assertThat(find(keys, "schlüssel")).isEmpty();
    }

    @Test
    void haveNamesAndScopes() {
        var keys = entries("ci:ingest=" + digest("a") + ", ui:read+manage=" + digest("b") + ",ops=" + digest("c"));

        assertThat(find(keys, "a")).get().returns("ci", ApiKey::name);
        assertThat(find(keys, "a").orElseThrow().scopes()).containsExactly(Scope.INGEST);
        assertThat(find(keys, "b").orElseThrow().scopes()).containsExactly(Scope.READ, Scope.MANAGE);
        assertThat(find(keys, "c").orElseThrow().scopes()).containsExactly(Scope.values());
        assertThat(find(keys, "d")).isEmpty();
    }

    @Test
    void ofAPlainDigestAreNamedAfterIt() {
        var key = find(entries(digest("a").toUpperCase(Locale.ROOT)), "a");

        assertThat(key).get().returns("key-" + digest("a").substring(0, 8), ApiKey::name);
        assertThat(key.orElseThrow().scopes()).containsExactly(Scope.values());
    }

    @Test
    void areNotRequiredIfNoneIsConfigured() {
        assertThat(entries(" ").find(Optional.empty())).contains(ApiKey.NONE);
        assertThat(entries(" ").areConfigured()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"my-secret", "ci=my-secret", "ci:ingest=", "ci:=DIGEST", "a b=DIGEST", "=DIGEST", "ci:all=DIGEST"
            })
    void refuseAMalformedEntryWithoutShowingIt(String entry) {
        String malformed = entry.replace("DIGEST", digest("a"));

        assertThatThrownBy(() -> entries(digest("b") + "," + malformed))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("odometer.api-keys: entry 2 ")
                .hasMessageNotContaining("my-secret")
                .hasMessageNotContaining(digest("a"));
    }

    @Test
    void areReadAgainWhenTheFileChanges() throws IOException {
        var keys = file("# production\nci=" + digest("old") + "\n");
        Files.writeString(folder.resolve("keys"), "ci=" + digest("old") + "\r\nci=" + digest("new") + "\r\n");

        afterSeconds(1);
        assertThat(find(keys, "new")).isEmpty();
        afterSeconds(5);
        assertThat(find(keys, "new")).isPresent();
        assertThat(find(keys, "old")).isPresent();
    }

    /** As Kubernetes updates a secret: the file is a link into a folder that is replaced. */
    @Test
    void areReadAgainWhenALinkIsReplaced() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(first.resolve("keys"), digest("old"));
        Files.writeString(second.resolve("keys"), digest("new"));
        Path link = Files.createSymbolicLink(folder.resolve("data"), first);
        var keys = ApiKeys.of("", link.resolve("keys").toString(), nanos::get);

        Files.delete(link);
        Files.createSymbolicLink(link, second);
        afterSeconds(5);

        assertThat(find(keys, "old")).isEmpty();
        assertThat(find(keys, "new")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# none\n", "not a digest", "absent"})
    void stayWhenTheFileBecomesInvalid(String content) throws IOException {
        var keys = file(digest("old"));

        Files.writeString(folder.resolve("keys"), content);
        if (content.equals("absent")) {
            Files.delete(folder.resolve("keys"));
        }
        afterSeconds(5);

        assertThat(find(keys, "old")).isPresent();
        Files.writeString(folder.resolve("keys"), digest("new"));
        afterSeconds(5);
        assertThat(find(keys, "new")).isPresent();
        assertThat(find(keys, "old")).isEmpty();
    }

    @Test
    void requireAValidFileAtStart() {
        assertThatThrownBy(() -> file("")).hasMessageStartingWith("odometer.api-keys-file: the file has no entry: ");
        assertThatThrownBy(() -> file("key")).hasMessageStartingWith("odometer.api-keys-file: entry 1 is not ");
        assertThatThrownBy(() -> ApiKeys.of("", folder.resolve("none").toString(), nanos::get))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void doNotShowDigests() {
        assertThat(find(entries("ci=" + digest("a")), "a").orElseThrow()).hasToString("API key ci");
    }
}

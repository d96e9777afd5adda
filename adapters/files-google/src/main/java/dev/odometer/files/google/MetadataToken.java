package dev.odometer.files.google;

import dev.odometer.files.http.Authority;
import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service account's token, from the metadata server that every machine of Google's has; kept until it runs out. */
final class MetadataToken implements Authority {

    /** The metadata server gives a new one in a token's last five minutes. */
    private static final Duration MARGIN = Duration.ofMinutes(4);

    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token";
    private static final String FLAVOR = "Metadata-Flavor";

    private final URI server;
    private final HttpStore.Limits limits;
    private final InstantSource clock;
    private @Nullable Token token;

    private record Token(String value, Instant until) {}

    MetadataToken(URI server, HttpStore.Limits limits, InstantSource clock) {
        this.server = server;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Call prove(Call call) throws IOException {
        return call.header("Authorization", "Bearer " + current());
    }

    @Override
    public synchronized void renew() {
        token = null;
    }

    private synchronized String current() throws IOException {
        if (token == null || !clock.instant().isBefore(token.until())) {
            token = asked();
        }
        return token.value();
    }

    private Token asked() throws IOException {
        Instant now = clock.instant();
        Call call = Call.of("GET", URI.create(server + PATH)).header(FLAVOR, "Google");
        try (Reply reply = HttpStore.exchange(call, limits)) {
            // Another server at that address is not one to take tokens from.
            if (reply.status() != 200 || !reply.header(FLAVOR).orElse("").equals("Google")) {
                throw new IOException("the metadata server answers with status " + reply.status());
            }
            JsonNode json = new JsonMapper().readTree(reply.text());
            String value = json.path("access_token").asString("");
            if (value.isEmpty()) {
                throw new IOException("the metadata server gives no token");
            }
            long seconds = json.path("expires_in").asLong(0);
            return new Token(value, now.plusSeconds(seconds).minus(MARGIN));
        } catch (JacksonException unreadable) {
            throw new IOException("the metadata server gives no token");
        }
    }
}

package dev.odometer.files.google;

import dev.odometer.files.http.BearerToken;
import dev.odometer.files.http.BearerToken.Token;
import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gets tokens of the service account from the metadata server of Google Cloud. */
final class MetadataToken implements BearerToken.Source {

    /**
     * How long before its expiration a token is replaced. The metadata server returns a new token only within the last
     * five minutes.
     */
    private static final Duration MARGIN = Duration.ofMinutes(4);

    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token";
    private static final String FLAVOR = "Metadata-Flavor";

    private final URI server;
    private final HttpStore.Limits limits;

    MetadataToken(URI server, HttpStore.Limits limits) {
        this.server = server;
        this.limits = limits;
    }

    @Override
    public Token ask(Instant now) throws IOException {
        Call call = Call.of("GET", URI.create(server + PATH)).header(FLAVOR, "Google");
        try (Reply reply = HttpStore.exchange(call, limits)) {
            // Without this header, the response is from another server at that address.
            if (reply.status() != 200 || !reply.header(FLAVOR).orElse("").equals("Google")) {
                throw new IOException("the metadata server returned status " + reply.status());
            }
            JsonNode json = new JsonMapper().readTree(reply.text());
            String value = json.path("access_token").asString("");
            if (value.isEmpty()) {
                throw new IOException("the metadata server returned no token");
            }
            long seconds = json.path("expires_in").asLong(0);
            return new Token(value, now.plusSeconds(seconds).minus(MARGIN));
        } catch (JacksonException unreadable) {
            throw new IOException("the metadata server returned no token");
        }
    }
}

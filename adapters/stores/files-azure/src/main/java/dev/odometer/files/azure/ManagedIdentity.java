package dev.odometer.files.azure;

import dev.odometer.files.http.BearerToken;
import dev.odometer.files.http.BearerToken.Token;
import dev.odometer.files.http.Call;
import dev.odometer.files.http.HttpStore;
import dev.odometer.files.http.ObjectNames;
import dev.odometer.files.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.springframework.core.env.Environment;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The token of the identity that a function app, an app or a machine has in Azure. */
final class ManagedIdentity implements BearerToken.Source {

    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Place place;
    private final HttpStore.Limits limits;

    /**
     * Where tokens are given.
     *
     * @param secret what shows that it is the app that asks; empty on a machine
     * @param clientId of one of several identities; empty for the only one
     */
    record Place(URI endpoint, String secret, String clientId) {

        private static final URI MACHINE = URI.create("http://169.254.169.254/metadata/identity/oauth2/token");

        /** Apps are told by these variables. */
        static Place from(Environment environment, String clientId) {
            String app = environment.getProperty("IDENTITY_ENDPOINT", "");
            return app.isEmpty()
                    ? new Place(MACHINE, "", clientId)
                    : new Place(URI.create(app), environment.getProperty("IDENTITY_HEADER", ""), clientId);
        }

        private Call call() {
            String query = "?resource=" + ObjectNames.escaped("https://storage.azure.com/") + "&api-version="
                    + (secret.isEmpty() ? "2018-02-01" : "2019-08-01")
                    + (clientId.isEmpty() ? "" : "&client_id=" + ObjectNames.escaped(clientId));
            Call call = Call.of("GET", URI.create(endpoint + query));
            return secret.isEmpty() ? call.header("Metadata", "true") : call.header("X-IDENTITY-HEADER", secret);
        }

        @Override
        public String toString() {
            return endpoint.toString();
        }
    }

    ManagedIdentity(Place place, HttpStore.Limits limits) {
        this.place = place;
        this.limits = limits;
    }

    @Override
    public Token ask(Instant now) throws IOException {
        try (Reply reply = HttpStore.exchange(place.call(), limits)) {
            if (reply.status() != 200) {
                throw new IOException("the identity's endpoint answers with status " + reply.status());
            }
            JsonNode json = new JsonMapper().readTree(reply.text());
            String value = json.path("access_token").asString("");
            // In seconds since 1970, as text.
            long until = json.path("expires_on").asLong(0);
            if (value.isEmpty()) {
                throw new IOException("the identity's endpoint gives no token");
            }
            return new Token(value, Instant.ofEpochSecond(until).minus(MARGIN));
        } catch (JacksonException unreadable) {
            throw new IOException("the identity's endpoint gives no token");
        }
    }

    @Override
    public boolean isToBlame(int status, String text) {
        return CredentialErrors.isWrongProof(text);
    }
}

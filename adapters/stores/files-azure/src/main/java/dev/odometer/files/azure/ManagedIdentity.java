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

/** Gets tokens for the managed identity of a function app, an App Service app or a virtual machine. */
final class ManagedIdentity implements BearerToken.Source {

    /** How long before its expiration a token is replaced. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Endpoint endpoint;
    private final HttpStore.Limits limits;

    /**
     * The token endpoint.
     *
     * @param secret proves that the request comes from the app; empty on a virtual machine
     * @param clientId selects one of several identities; empty for the only one
     */
    record Endpoint(URI uri, String secret, String clientId) {

        private static final URI VIRTUAL_MACHINE = URI.create("http://169.254.169.254/metadata/identity/oauth2/token");

        /** Reads the variables that Azure sets in apps; without them, uses the endpoint of virtual machines. */
        static Endpoint from(Environment environment, String clientId) {
            String app = environment.getProperty("IDENTITY_ENDPOINT", "");
            return app.isEmpty()
                    ? new Endpoint(VIRTUAL_MACHINE, "", clientId)
                    : new Endpoint(URI.create(app), environment.getProperty("IDENTITY_HEADER", ""), clientId);
        }

        private Call call() {
            String query = "?resource=" + ObjectNames.escaped("https://storage.azure.com/") + "&api-version="
                    + (secret.isEmpty() ? "2018-02-01" : "2019-08-01")
                    + (clientId.isEmpty() ? "" : "&client_id=" + ObjectNames.escaped(clientId));
            Call call = Call.of("GET", URI.create(uri + query));
            return secret.isEmpty() ? call.header("Metadata", "true") : call.header("X-IDENTITY-HEADER", secret);
        }

        /** Omits the secret. */
        @Override
        public String toString() {
            return uri.toString();
        }
    }

    ManagedIdentity(Endpoint endpoint, HttpStore.Limits limits) {
        this.endpoint = endpoint;
        this.limits = limits;
    }

    @Override
    public Token ask(Instant now) throws IOException {
        try (Reply reply = HttpStore.exchange(endpoint.call(), limits)) {
            if (reply.status() != 200) {
                throw new IOException("the managed identity endpoint returned status " + reply.status());
            }
            JsonNode json = new JsonMapper().readTree(reply.text());
            String value = json.path("access_token").asString("");
            // Seconds since 1970, as a string.
            long expiresOn = json.path("expires_on").asLong(0);
            if (value.isEmpty()) {
                throw new IOException("the managed identity endpoint returned no token");
            }
            return new Token(value, Instant.ofEpochSecond(expiresOn).minus(MARGIN));
        } catch (JacksonException unreadable) {
            throw new IOException("the managed identity endpoint returned no token");
        }
    }

    @Override
    public boolean isCredentialError(int status, String text) {
        return CredentialErrors.isAuthenticationFailure(text);
    }
}

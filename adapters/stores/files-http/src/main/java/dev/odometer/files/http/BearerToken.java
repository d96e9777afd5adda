package dev.odometer.files.http;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Authorizes calls with a bearer token, which is cached until it expires or is rejected. Thread-safe. */
public final class BearerToken implements RequestSigner {

    private final Source source;
    private final InstantSource clock;
    private @Nullable Token token;

    public BearerToken(Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /** @param until when the token must be replaced */
    public record Token(String value, Instant until) {

        /** Omits the token. */
        @Override
        public String toString() {
            return "a token until " + until;
        }
    }

    /** Issues tokens. */
    public interface Source {

        /** @throws IOException when no token is available now */
        Token ask(Instant now) throws IOException;

        /** See {@link RequestSigner#isCredentialError}. */
        default boolean isCredentialError(int status, String text) {
            return false;
        }
    }

    @Override
    public Call sign(Call call) throws IOException {
        return call.header("Authorization", "Bearer " + current());
    }

    private synchronized String current() throws IOException {
        Instant now = clock.instant();
        if (token == null || !now.isBefore(token.until())) {
            token = source.ask(now);
        }
        return token.value();
    }

    @Override
    public synchronized void invalidate() {
        token = null;
    }

    @Override
    public boolean isCredentialError(int status, String text) {
        return source.isCredentialError(status, text);
    }
}

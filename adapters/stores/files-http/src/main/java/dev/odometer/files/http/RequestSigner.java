package dev.odometer.files.http;

import java.io.IOException;

/** Adds credentials to requests. Implementations are thread-safe. */
public interface RequestSigner {

    /**
     * A copy of the call with credentials.
     *
     * @throws IOException when no credentials are available now
     */
    Call sign(Call call) throws IOException;

    /** Discards cached credentials after the store has rejected them. */
    default void invalidate() {}

    /**
     * Whether a response means that the credentials are invalid, and not that they lack permissions. Then the call can
     * be retried later.
     */
    default boolean isCredentialError(int status, String text) {
        return false;
    }
}

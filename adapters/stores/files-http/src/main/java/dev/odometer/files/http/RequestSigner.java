package dev.odometer.files.http;

import java.io.IOException;

/** Adds credentials to requests. Implementations are thread-safe. */
public interface RequestSigner {

    /**
     * A copy of the call with credentials.
     *
     * @throws IOException when no credentials are available now
     */
    Call prove(Call call) throws IOException;

    /** Discards cached credentials after the store has rejected them. */
    default void renew() {}

    /**
     * Whether a response means that the credentials are invalid, and not that they lack permissions. Then the call can
     * be retried later.
     */
    default boolean isToBlame(int status, String text) {
        return false;
    }
}

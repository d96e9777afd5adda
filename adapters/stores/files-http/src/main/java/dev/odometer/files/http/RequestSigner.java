package dev.odometer.files.http;

import java.io.IOException;

/** Says who calls. */
public interface RequestSigner {

    /**
     * The call with what proves it.
     *
     * @throws IOException when that cannot be had now
     */
    Call prove(Call call) throws IOException;

    /** Hears that a proof was not taken: what it rests on has to be had anew. */
    default void renew() {}

    /** Whether an answer says that the proof is wrong, rather than that somebody else's would do: no fault of the file. */
    default boolean isToBlame(int status, String text) {
        return false;
    }
}

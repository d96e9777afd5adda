package dev.odometer.door.request;

import org.jspecify.annotations.Nullable;

/** Reads a function's input from a request. */
public interface InputReader {

    /** The input; absent for a function that takes none. */
    @Nullable
    Object read(MatchedRequest request);
}

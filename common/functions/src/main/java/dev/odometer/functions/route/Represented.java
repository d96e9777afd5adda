package dev.odometer.functions.route;

import dev.odometer.functions.refusal.Refusal;

/**
 * A result with more representations than JSON, of which the client chooses one by its {@code Accept} header. It can be
 * {@link Tabular}, too.
 */
public interface Represented<V> {

    /** What is written as JSON. */
    V view();

    /**
     * Writes the document in a media type that the route produces, other than JSON and CSV.
     *
     * @throws Refusal CONFLICT when the result has no such document in its current state
     */
    Document document(String mediaType);

    /**
     * A file.
     *
     * @param fileName with its extension
     * @param content text is in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // a file is written once, and never compared
    record Document(String fileName, byte[] content) {}
}

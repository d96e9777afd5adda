package dev.odometer.functions.binding;

import dev.odometer.functions.refusal.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON inside files for functions, with the rules by which the door decodes requests. */
public interface Documents {

    /**
     * Reads a CloudEvent in structured mode as a record whose components are named like its attributes.
     *
     * @param json in UTF-8
     * @throws Refusal INVALID, with the place of the error
     */
    <T> T event(byte[] json, Class<T> type);

    /**
     * Checks that the bytes are one JSON document as defined in RFC 8259, nested at most 100 levels deep, without
     * building its value.
     *
     * @param json in UTF-8
     * @throws Refusal INVALID
     */
    void check(byte[] json);

    /** Writes the value as JSON in UTF-8, on one line. */
    byte[] write(Object value);

    /** The JSON of {@link #write} as a tree of maps, lists, strings, numbers and booleans. */
    Map<String, @Nullable Object> tree(Object value);
}

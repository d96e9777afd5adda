package dev.odometer.functions.binding;

import dev.odometer.functions.refusal.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON for functions that come across it inside of files, as their door does it around them. */
public interface Documents {

    /**
     * A CloudEvent in structured mode, as a record whose components are named like its attributes.
     *
     * @param json in UTF-8
     * @throws Refusal INVALID, naming the place of what is wrong
     */
    <T> T event(byte[] json, Class<T> type);

    /**
     * Checks that these bytes are one JSON document, as RFC 8259 has it, of at most 100 levels. What it says is not read.
     *
     * @param json in UTF-8
     * @throws Refusal INVALID
     */
    void check(byte[] json);

    /** The value as JSON in UTF-8, on one line. */
    byte[] write(Object value);

    /** The value as {@link #write} writes it, as maps, lists, texts, numbers and truth values. */
    Map<String, @Nullable Object> tree(Object value);
}

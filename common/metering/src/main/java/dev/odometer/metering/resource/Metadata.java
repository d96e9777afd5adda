package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Metadata of a resource: at most 50 entries, keys of at most 256 and values of at most 1,024 characters. */
public final class Metadata {

    private static final int MAX_ENTRIES = 50;
    private static final int MAX_KEY_LENGTH = 256;
    private static final int MAX_VALUE_LENGTH = 1024;

    private Metadata() {}

    /** A sorted, unmodifiable copy. */
    public static Map<String, String> checked(Map<String, String> metadata) {
        if (metadata.size() > MAX_ENTRIES) {
            throw Refusal.invalid("metadata must have at most " + MAX_ENTRIES + " entries");
        }
        metadata.forEach((key, value) -> {
            if (value == null) {
                throw Refusal.invalid("metadata." + Refusal.quote(key) + " must be a string");
            }
            if (key.length() > MAX_KEY_LENGTH
                    || value.length() > MAX_VALUE_LENGTH
                    || !Text.isStorable(key)
                    || !Text.isStorable(value)) {
                throw Refusal.invalid(
                        "metadata keys must have at most 256 and values at most 1024 characters, without NUL: "
                                + Refusal.quote(key));
            }
        });
        return Collections.unmodifiableMap(new TreeMap<>(metadata));
    }
}

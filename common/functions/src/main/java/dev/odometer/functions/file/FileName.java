package dev.odometer.functions.file;

import dev.odometer.functions.refusal.Refusal;

/**
 * Where a file is.
 *
 * @param container a bucket, a container or a folder
 * @param key the file's whole name in it, decoded; {@code /} parts it
 */
public record FileName(String container, String key) {

    /** The end of the name of a file that says which lines of the one beside it were not taken. It is no arrival itself. */
    public static final String REJECTED = ".rejected.ndjson";

    /** Longer than any store has it. */
    private static final int LONGEST = 1024;

    /** @throws Refusal INVALID for one that is empty, too long or has control characters */
    public FileName {
        checked("container", container);
        checked("key", key);
    }

    private static void checked(String field, String value) {
        if (value == null || value.isEmpty()) {
            throw Refusal.invalid(field + " is required");
        }
        if (value.length() > LONGEST) {
            throw Refusal.invalid(field + " must have at most " + LONGEST + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(field + " must not contain control characters");
        }
    }

    /** Of a file beside this one. */
    public FileName with(String ending) {
        return new FileName(container, key + ending);
    }
}

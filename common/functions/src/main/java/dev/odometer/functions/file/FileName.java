package dev.odometer.functions.file;

import dev.odometer.functions.refusal.Refusal;

/**
 * The location of a file in a store.
 *
 * @param container a bucket, a container or a folder
 * @param key the full name in the container, URL-decoded; {@code /} separates its segments
 */
public record FileName(String container, String key) {

    /** Suffix of a file that lists the rejected lines of the usage file beside it. Such a file is not imported. */
    public static final String REJECTED_SUFFIX = ".rejected.ndjson";

    /** No store allows more: the limit of S3, Cloud Storage and Blob Storage is 1024. */
    private static final int MAX_LENGTH = 1024;

    /** @throws Refusal INVALID when a part is empty, too long or contains control characters */
    public FileName {
        check("container", container);
        check("key", key);
    }

    private static void check(String field, String value) {
        if (value == null || value.isEmpty()) {
            throw Refusal.invalid(field + " is required");
        }
        if (value.length() > MAX_LENGTH) {
            throw Refusal.invalid(field + " must have at most " + MAX_LENGTH + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid(field + " must not contain control characters");
        }
    }

    /** Container and key, separated by a slash. */
    public String path() {
        return container + "/" + key;
    }

    /** The name of the file beside this one whose key has the suffix appended. */
    public FileName with(String suffix) {
        return new FileName(container, key + suffix);
    }
}

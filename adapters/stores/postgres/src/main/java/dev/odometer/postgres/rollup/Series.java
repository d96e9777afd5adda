package dev.odometer.postgres.rollup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meter's events of one subject with the same group values. The hash is computed once, since every event looks up its
 * series in a map.
 */
public final class Series {

    private static final int BYTES = 150;
    private static final int BYTES_PER_VALUE = 56;

    private final long rollup;
    private final String subject;
    private final List<String> groups;
    private final int hash;

    public Series(long rollup, String subject, List<String> groups) {
        this.rollup = rollup;
        this.subject = subject;
        this.groups = groups;
        this.hash = (Long.hashCode(rollup) * 31 + subject.hashCode()) * 31 + groups.hashCode();
    }

    /** The approximate size in memory. */
    long bytes() {
        long total = (long) BYTES + subject.length();
        for (String value : groups) {
            total += (long) BYTES_PER_VALUE + value.length();
        }
        return total;
    }

    long rollup() {
        return rollup;
    }

    String subject() {
        return subject;
    }

    List<String> groups() {
        return groups;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Series that
                && hash == that.hash
                && rollup == that.rollup
                && subject.equals(that.subject)
                && groups.equals(that.groups);
    }
}

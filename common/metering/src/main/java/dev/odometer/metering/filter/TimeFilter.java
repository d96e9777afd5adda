package dev.odometer.metering.filter;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a time.
 *
 * @param value the time to compare with; absent for ALL and ANY
 * @param parts the conditions that ALL and ANY combine; empty for other operators
 */
public record TimeFilter(Op op, @Nullable Instant value, List<TimeFilter> parts) {

    /** The operator. ALL is a conjunction, ANY a disjunction. */
    public enum Op {
        GT,
        GTE,
        LT,
        LTE,
        ALL,
        ANY
    }

    public TimeFilter {
        parts = List.copyOf(parts);
    }

    public static TimeFilter of(Op op, Instant value) {
        return new TimeFilter(op, value, List.of());
    }

    public static TimeFilter joined(Op op, List<TimeFilter> parts) {
        return new TimeFilter(op, null, parts);
    }

    public boolean test(Instant time) {
        return switch (op) {
            case GT -> time.compareTo(compared()) > 0;
            case GTE -> time.compareTo(compared()) >= 0;
            case LT -> time.compareTo(compared()) < 0;
            case LTE -> time.compareTo(compared()) <= 0;
            case ALL -> parts.stream().allMatch(part -> part.test(time));
            case ANY -> parts.stream().anyMatch(part -> part.test(time));
        };
    }

    /** A time after which none matches; empty if there is none. */
    public Optional<Instant> latest() {
        return switch (op) {
            case GT, GTE -> Optional.empty();
            case LT, LTE -> Optional.of(compared());
            case ALL -> parts.stream().flatMap(part -> part.latest().stream()).min(Comparator.naturalOrder());
            case ANY ->
                parts.stream().allMatch(part -> part.latest().isPresent())
                        ? parts.stream().flatMap(part -> part.latest().stream()).max(Comparator.naturalOrder())
                        : Optional.empty();
        };
    }

    private Instant compared() {
        if (value == null) {
            throw new IllegalStateException("operator needs a time: " + op);
        }
        return value;
    }
}

package dev.odometer.metering.imports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The import of one version of a file.
 *
 * @param id a ULID
 * @param ended whether its lines have all been looked at, or none is any more; what is left then is to write down what
 *     was rejected
 * @param reason why it failed or will
 * @param earlierId of the import of an earlier version of the file, the latest there is
 * @param startedAt when it began, or began again after it had failed
 */
public record UsageImport(
        String id,
        FileVersion file,
        Status status,
        boolean ended,
        @Nullable String reason,
        @Nullable String earlierId,
        Progress progress,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt) {

    /** Of the file's bytes those that were read, 0 to 1 in thousandths. */
    public BigDecimal share() {
        if (status == Status.DONE || file.size() == 0) {
            return BigDecimal.ONE;
        }
        return BigDecimal.valueOf(progress.read())
                .divide(BigDecimal.valueOf(file.size()), 3, RoundingMode.DOWN)
                .min(BigDecimal.ONE);
    }

    /** What has become of it. */
    public enum Status {
        RUNNING,
        DONE,
        FAILED
    }
}

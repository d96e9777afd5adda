package dev.odometer.metering.imports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The import of one version of a file.
 *
 * @param id a ULID
 * @param ended whether no more lines are processed; only the file of rejected lines remains to be written
 * @param reason why it failed, or will fail once the rejected lines are written
 * @param earlierId the id of the import of the previous version of the file
 * @param startedAt when it started, or restarted after a failure
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

    /** The share of the file's bytes that were read, 0 to 1, rounded down to three decimals. */
    public BigDecimal share() {
        if (status == Status.DONE || file.size() == 0) {
            return BigDecimal.ONE;
        }
        return BigDecimal.valueOf(progress.read())
                .divide(BigDecimal.valueOf(file.size()), 3, RoundingMode.DOWN)
                .min(BigDecimal.ONE);
    }

    /** The state of an import. */
    public enum Status {
        RUNNING,
        DONE,
        FAILED
    }
}

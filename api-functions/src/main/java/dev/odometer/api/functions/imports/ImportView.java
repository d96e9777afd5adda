package dev.odometer.api.functions.imports;

import dev.odometer.metering.imports.Progress;
import dev.odometer.metering.imports.UsageImport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An import as answers show it; see {@link UsageImport}.
 *
 * @param size in bytes, as the file is stored
 * @param status running, done or failed
 * @param share of the file that was read, 0 to 1
 * @param lines counted, repeated and rejected together
 * @param linesPerSecond while it was worked on
 * @param seconds for which it was worked on
 */
public record ImportView(
        String id,
        String container,
        String key,
        String version,
        long size,
        String status,
        @Nullable String reason,
        @Nullable String earlierImportId,
        BigDecimal share,
        long lines,
        long counted,
        long repeated,
        long rejected,
        BigDecimal seconds,
        long linesPerSecond,
        Instant startedAt,
        Instant updatedAt,
        @Nullable Instant finishedAt) {

    static ImportView of(UsageImport of) {
        Progress progress = of.progress();
        return new ImportView(
                of.id(),
                of.file().name().container(),
                of.file().name().key(),
                of.file().version(),
                of.file().size(),
                of.status().name().toLowerCase(Locale.ROOT),
                of.status() == UsageImport.Status.FAILED ? of.reason() : null,
                of.earlierId(),
                of.share(),
                progress.lines(),
                progress.counted(),
                progress.repeated(),
                progress.rejected(),
                BigDecimal.valueOf(progress.worked().toMillis(), 3),
                progress.linesPerSecond(),
                of.startedAt(),
                of.updatedAt(),
                of.finishedAt());
    }
}

package dev.odometer.api.functions.imports;

import dev.odometer.metering.imports.Progress;
import dev.odometer.metering.imports.UsageImport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An import in responses; see {@link UsageImport}.
 *
 * @param size in bytes, as the file is stored
 * @param status running, done or failed
 * @param share the share of the file that has been read, 0 to 1
 * @param lines the sum of counted, repeated and rejected
 * @param repeated the number of duplicates
 * @param linesPerSecond while it was running
 * @param seconds of running time
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

    static ImportView of(UsageImport usageImport) {
        Progress progress = usageImport.progress();
        return new ImportView(
                usageImport.id(),
                usageImport.file().name().container(),
                usageImport.file().name().key(),
                usageImport.file().version(),
                usageImport.file().size(),
                usageImport.status().name().toLowerCase(Locale.ROOT),
                usageImport.status() == UsageImport.Status.FAILED ? usageImport.reason() : null,
                usageImport.earlierId(),
                usageImport.share(),
                progress.lines(),
                progress.counted(),
                progress.repeated(),
                progress.rejected(),
                BigDecimal.valueOf(progress.worked().toMillis(), 3),
                progress.linesPerSecond(),
                usageImport.startedAt(),
                usageImport.updatedAt(),
                usageImport.finishedAt());
    }
}

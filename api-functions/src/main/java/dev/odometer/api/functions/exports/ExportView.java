package dev.odometer.api.functions.exports;

import dev.odometer.functions.route.Located;
import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.export.ExportedFile;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An export in responses; see {@link Export}.
 *
 * @param status pending, done or failed
 * @param meters as requested; absent for all
 * @param countedUntil every event ingested before this time counts in all of the files
 */
public record ExportView(
        String id,
        String status,
        Instant from,
        Instant to,
        WindowSize windowSize,
        String windowTimeZone,
        @Nullable List<String> meters,
        ExportRequest.Format format,
        int revision,
        @Nullable String reason,
        @Nullable Instant countedUntil,
        List<File> files,
        Instant createdAt,
        @Nullable Instant finishedAt)
        implements Located {

    /** A file that has been written. */
    public record File(String meter, String container, String key, long rows, Instant countedUntil) {

        private static File of(ExportedFile file) {
            return new File(file.meter(), file.name().container(), file.name().key(), file.rows(), file.countedUntil());
        }
    }

    static ExportView of(Export export) {
        ExportRequest request = export.request();
        return new ExportView(
                export.id(),
                export.status().name().toLowerCase(Locale.ROOT),
                request.from(),
                request.to(),
                request.windowSize(),
                request.zone().getId(),
                request.meters().isEmpty() ? null : request.meters(),
                request.format(),
                request.revision(),
                export.reason(),
                export.countedUntil().orElse(null),
                export.files().stream().map(File::of).toList(),
                export.createdAt(),
                export.finishedAt());
    }

    @Override
    public String location() {
        return "/api/v1/exports/" + id;
    }
}

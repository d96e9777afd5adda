package dev.odometer.metering.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An export request with its progress.
 *
 * @param id a ULID
 * @param reason why it failed; absent for other states
 * @param files the files written so far, in order
 * @param attempts the number of attempts since the last file was written
 */
public record Export(
        String id,
        ExportRequest request,
        Status status,
        @Nullable String reason,
        List<ExportedFile> files,
        int attempts,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** The state of an export. */
    public enum Status {
        /** Some files are not written yet. */
        PENDING,
        /** All files are written. */
        DONE,
        /** It is not retried unless it is requested again. */
        FAILED
    }

    public Export {
        files = List.copyOf(files);
    }

    public static Export of(String id, ExportRequest request, Instant now) {
        return new Export(id, request, Status.PENDING, null, List.of(), 0, now, null);
    }

    /** All files include every event that was ingested before this time; absent without files. */
    public Optional<Instant> countedUntil() {
        return files.stream().map(ExportedFile::countedUntil).min(Comparator.naturalOrder());
    }

    public boolean has(String meter) {
        return files.stream().anyMatch(file -> file.meter().equals(meter));
    }

    public Export attempted() {
        return withAttempts(attempts + 1);
    }

    public Export withAttempts(int count) {
        return new Export(id, request, status, reason, files, count, createdAt, finishedAt);
    }

    public Export with(ExportedFile file) {
        var more = new ArrayList<>(files);
        more.add(file);
        return new Export(id, request, status, reason, more, 0, createdAt, finishedAt);
    }

    public Export done(Instant now) {
        return new Export(id, request, Status.DONE, null, files, 0, createdAt, now);
    }

    public Export failed(String why, Instant now) {
        return new Export(id, request, Status.FAILED, why, files, attempts, createdAt, now);
    }

    /** A pending export that continues after the files written so far. */
    public Export restarted() {
        return new Export(id, request, Status.PENDING, null, files, 0, createdAt, null);
    }
}

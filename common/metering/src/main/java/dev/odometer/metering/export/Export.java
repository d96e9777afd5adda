package dev.odometer.metering.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request, and how far it is.
 *
 * @param id a ULID
 * @param reason why it failed; absent unless it did
 * @param files those that are there, in the order of writing
 * @param attempts how often writing was begun since the last file
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

    /** How far it is. */
    public enum Status {
        /** Some files are still to be written. */
        PENDING,
        /** All files are there. */
        DONE,
        /** It will not be tried again unless it is asked for again. */
        FAILED
    }

    public Export {
        files = List.copyOf(files);
    }

    public static Export of(String id, ExportRequest request, Instant now) {
        return new Export(id, request, Status.PENDING, null, List.of(), 0, now, null);
    }

    /** Every event that was taken in before counts, in all of the files; absent until there is one. */
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

    /** The same from where it stopped, to be tried again. */
    public Export again() {
        return new Export(id, request, Status.PENDING, null, files, 0, createdAt, null);
    }
}

package dev.odometer.postgres.archive;

/**
 * Sizes of archived files.
 *
 * @param events the number of events of a file, which bounds the time and the memory of a transaction
 * @param block the number of events of a block, which a query reads as a whole
 * @param late the number of late-arriving events of an archived day that are worth a file; fewer stay in the database
 * @param era the number of keys of an era, which bounds the rows that a file rewrites and multiplies those that appends search
 */
public record ArchiveLimits(int events, int block, int late, long era) {

    public static final ArchiveLimits DEFAULT = new ArchiveLimits(500_000, 8192, 1000, 16_000_000);
}

package dev.odometer.metering.export;

import dev.odometer.functions.file.FileName;
import java.time.Instant;

/**
 * One meter's usage as it was written.
 *
 * @param rows how many numbers are in it
 * @param countedUntil every event that was taken in before it counts; later ones are in no file yet
 */
public record ExportedFile(String meter, FileName name, long rows, Instant countedUntil) {}

package dev.odometer.metering.export;

import dev.odometer.functions.file.FileName;
import java.time.Instant;

/**
 * A file with the usage of one meter.
 *
 * @param rows the number of rows in it
 * @param countedUntil the file includes every event ingested before this time
 */
public record ExportedFile(String meter, FileName name, long rows, Instant countedUntil) {}

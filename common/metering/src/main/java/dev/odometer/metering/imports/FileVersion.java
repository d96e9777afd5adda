package dev.odometer.metering.imports;

import dev.odometer.functions.file.FileName;

/**
 * One version of a usage file.
 *
 * @param version changes with the content, such as an ETag
 * @param size in bytes, as it is stored
 */
public record FileVersion(FileName name, String version, long size) {}

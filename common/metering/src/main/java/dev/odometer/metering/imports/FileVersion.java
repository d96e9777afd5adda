package dev.odometer.metering.imports;

import dev.odometer.functions.file.FileName;

/**
 * What an import is of.
 *
 * @param version what changes with the content
 * @param size in bytes, as it is stored
 */
public record FileVersion(FileName name, String version, long size) {}

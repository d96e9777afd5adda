package dev.odometer.metering.imports;

import dev.odometer.metering.imports.UsageImport.Status;
import org.jspecify.annotations.Nullable;

/**
 * Which imports to list.
 *
 * @param status absent for all
 * @param page from 1
 * @param pageSize 1 to 1,000
 */
public record ImportSearch(@Nullable Status status, int page, int pageSize) {}

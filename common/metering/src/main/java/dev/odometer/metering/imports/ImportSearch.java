package dev.odometer.metering.imports;

import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.resource.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of imports.
 *
 * @param status absent for all
 */
public record ImportSearch(@Nullable Status status, PageRequest page) {}

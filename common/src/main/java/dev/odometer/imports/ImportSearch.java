package dev.odometer.imports;

import dev.odometer.imports.UsageImport.Status;
import dev.odometer.resource.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which imports to list.
 *
 * @param status absent for all
 */
public record ImportSearch(@Nullable Status status, PageRequest page) {}

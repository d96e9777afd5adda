package dev.odometer.metering.imports;

import java.time.Instant;

/**
 * A run's exclusive right to process an import. Another run can acquire it after it is released or has expired.
 *
 * @param holder a unique id of the run
 * @param now when it is requested
 * @param until when it expires unless it is renewed
 */
public record Lease(String holder, Instant now, Instant until) {}

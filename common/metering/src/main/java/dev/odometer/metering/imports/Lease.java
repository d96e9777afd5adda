package dev.odometer.metering.imports;

import java.time.Instant;

/**
 * A run's right to work on an import. Others get it when it was released or has ended.
 *
 * @param holder the run; no two have the same
 * @param now when it is asked for
 * @param until when it ends unless it is renewed
 */
public record Lease(String holder, Instant now, Instant until) {}

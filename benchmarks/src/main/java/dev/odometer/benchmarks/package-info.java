/**
 * Figures beside their limits. A run starts the packaged service as a process of its own with durable settings, talks to
 * it over HTTP, and measures the limit on the same machine and database right after.
 */
@NullMarked
package dev.odometer.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Benchmarks that report each figure next to its limit. A run starts the packaged service in a separate process with
 * durable settings, calls it over HTTP, and measures the limit on the same machine and database directly afterwards.
 * Rating is measured in the process of the benchmark.
 */
@NullMarked
package dev.odometer.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Counts usage in Kafka Streams instead of in the database (ADR 25). Each event is read by the same domain code as
 * elsewhere. The first of several events with the same identity counts. What events add to a series and minute is
 * aggregated in state stores, and applied to the database as deltas, each once.
 */
@NullMarked
package dev.odometer.kafka.streams;

import org.jspecify.annotations.NullMarked;

/**
 * Sends reported events to a Kafka topic, where workers count them. Each event becomes one record, a CloudEvent in
 * structured mode with its subject as the key. An event is accepted when all in-sync replicas have it. Events are
 * idempotent by (source, id), so a failed batch can be sent again. A record's timestamp is the time of sending, never
 * the time of the event, because brokers delete records by their timestamp. All types are thread-safe.
 */
@NullMarked
package dev.odometer.kafka.intake;

import org.jspecify.annotations.NullMarked;

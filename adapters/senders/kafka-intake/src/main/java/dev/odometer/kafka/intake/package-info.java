/**
 * Reported events on their way to be counted by somebody else: each becomes one record of a topic, a CloudEvent in
 * structured mode under its subject as the key. An event is taken once every replica in sync has it. What is sent twice is
 * counted once, because an event has an identity, so whatever goes wrong may be tried again. A record's timestamp is when
 * it was sent, never when the event happened: a broker deletes by it. Everything is thread-safe.
 */
@NullMarked
package dev.odometer.kafka.intake;

import org.jspecify.annotations.NullMarked;

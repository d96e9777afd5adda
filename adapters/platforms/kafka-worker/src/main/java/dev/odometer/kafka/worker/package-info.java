/**
 * The door for Kafka, a worker that consumes topics. It translates records to items and outcomes to offsets, and
 * decides nothing else. Usage is committed to the database before the offset is, so a redelivered record is a duplicate
 * and a lost offset costs time, never an event. An offset is committed past a record only when the record was counted,
 * was stored as a dead letter, or is a tombstone. Dead letters and the offsets after them are committed in one Kafka
 * transaction, which stores each dead letter once; nothing else relies on Kafka transactions. Bodies, keys and
 * credentials are never logged.
 */
@NullMarked
package dev.odometer.kafka.worker;

import org.jspecify.annotations.NullMarked;

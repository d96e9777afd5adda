/**
 * The worker between Kafka and the functions. It translates records to items and outcomes to offsets, and decides nothing
 * else. What was counted is in the database before an offset moves, so a redelivery is a repeat and a lost offset costs
 * time, never an event. An offset moves past a record only when the record was counted, parked or a tombstone. Parked
 * records and the offsets behind them are one Kafka transaction, which is what parks each once; nothing else relies on
 * Kafka's transactions. Bodies, keys and credentials are never logged.
 */
@NullMarked
package dev.odometer.kafka.worker;

import org.jspecify.annotations.NullMarked;

/**
 * Transactions, locks, parameters and pagination: what all stores need from JDBC. Serialization conflicts are retried
 * in {@link dev.odometer.postgres.jdbc.Database} and nowhere else. Times are {@code bigint} microseconds since 1970,
 * which are exact and are sent in binary. Text with NUL cannot be stored and is never sent as a parameter. All advisory
 * locks are listed in {@link dev.odometer.postgres.jdbc.Locks} and end with their transaction.
 */
@NullMarked
package dev.odometer.postgres.jdbc;

import org.jspecify.annotations.NullMarked;

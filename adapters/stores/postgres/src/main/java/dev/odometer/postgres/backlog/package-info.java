/**
 * What waits in the database, for metrics: dead letters, due deliveries, and deltas that are not folded yet. All processes
 * of a database report the same values, so a query takes their maximum and not their sum.
 */
@NullMarked
package dev.odometer.postgres.backlog;

import org.jspecify.annotations.NullMarked;

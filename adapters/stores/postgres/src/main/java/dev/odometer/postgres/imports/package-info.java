/**
 * Imports of files. Each version of a file is imported once. A run holds its import by a lease, and records its
 * progress in the transaction that counts the events of the step, so that a crash neither loses a line nor counts it
 * twice. A run that has lost its lease changes no row.
 */
@NullMarked
package dev.odometer.postgres.imports;

import org.jspecify.annotations.NullMarked;

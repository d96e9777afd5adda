/**
 * Imports of files. A version of a file is imported once. A run holds its import by a lease and moves it on in the
 * transaction that counts the events of the step, so that a crash loses neither a line nor its count. A run that has
 * lost its lease changes no row.
 */
@NullMarked
package dev.odometer.postgres.imports;

import org.jspecify.annotations.NullMarked;

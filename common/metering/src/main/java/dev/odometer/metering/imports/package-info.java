/**
 * Imports of usage files. An import processes one version of one file. Its progress is updated in the transaction that
 * counts the events, so it is exact after any crash. One run at a time processes it, under a lease that expires.
 * Rejected lines are deleted when an import is finished: they are then in a file beside the usage file.
 */
@NullMarked
package dev.odometer.metering.imports;

import org.jspecify.annotations.NullMarked;

/**
 * Exports of usage. A digest of the request is the unique key, so equal requests are one export. The row of an export
 * lists its files once they are written.
 */
@NullMarked
package dev.odometer.postgres.export;

import org.jspecify.annotations.NullMarked;

/**
 * Exports of usage. A digest of the request is the unique key: equal requests are one export. The files of an export
 * are listed in its row once they are written.
 */
@NullMarked
package dev.odometer.postgres.export;

import org.jspecify.annotations.NullMarked;

/**
 * Exports of usage as files. A request is stored first and processed asynchronously by any node, so that clients do not
 * wait and a crash loses nothing. Equal requests are one export. Files are written atomically, and each only once.
 */
@NullMarked
package dev.odometer.metering.export;

import org.jspecify.annotations.NullMarked;

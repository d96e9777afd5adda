/**
 * Formats of files: compression, then records (lines, CSV rows or elements of a JSON array), then the columns of a CSV
 * profile. Everything is streamed, and memory is bounded by the longest record that the settings allow. A position counts
 * bytes of the decompressed content, so that an interrupted import can resume there.
 */
@NullMarked
package dev.odometer.event.functions.imports.format;

import org.jspecify.annotations.NullMarked;

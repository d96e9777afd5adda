/**
 * Import of files as events: decompression, splitting into records (lines or elements), and parsing of each record.
 * Everything is streamed; memory holds a few batches of records of bounded length. An invalid record is rejected alone;
 * an invalid file is a {@code Refusal} of the next read. Each record knows its end position, so an import can resume
 * after any record.
 */
@NullMarked
package dev.odometer.event.functions.imports;

import org.jspecify.annotations.NullMarked;

package dev.odometer.event.functions.imports;

import org.jspecify.annotations.Nullable;

/**
 * What may be an event: a line, a record or an element.
 *
 * @param line where it begins, from 1; of an array the number of the element
 * @param lastLine where it ends
 * @param end the position behind it
 * @param bytes all of it, or its start where there is a problem
 * @param problem why it cannot be read, if that shows already
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record RawRecord(
        long line,
        long lastLine,
        long end,
        byte[] bytes,
        @Nullable String problem) {}

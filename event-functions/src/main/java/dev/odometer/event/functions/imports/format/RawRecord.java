package dev.odometer.event.functions.imports.format;

import org.jspecify.annotations.Nullable;

/**
 * A candidate event: a line, a CSV record or an array element.
 *
 * @param line the line where it begins, from 1; in an array the number of the element
 * @param lastLine the line where it ends
 * @param end the position after it
 * @param bytes all of it, or its start if there is a problem
 * @param problem why it cannot be parsed, if that is already known
 */
@SuppressWarnings("ArrayRecordComponent")
public // a carrier, never compared
record RawRecord(
        long line,
        long lastLine,
        long end,
        byte[] bytes,
        @Nullable String problem) {}

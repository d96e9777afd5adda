package dev.odometer.event.functions.imports.format;

import org.jspecify.annotations.Nullable;

/** Splits a file into records. */
public interface RecordSplitter {

    /**
     * The next record, or null at the end.
     *
     * @throws dev.odometer.functions.refusal.Refusal when the rest of the file cannot be read
     */
    @Nullable
    RawRecord next();
}

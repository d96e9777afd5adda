package dev.odometer.event.functions.imports;

import org.jspecify.annotations.Nullable;

/** Cuts a file into pieces. */
interface RecordSplitter {

    /**
     * The next piece, or nothing at the end.
     *
     * @throws dev.odometer.refusal.Refusal when nothing can be read any more
     */
    @Nullable
    RawRecord next();
}

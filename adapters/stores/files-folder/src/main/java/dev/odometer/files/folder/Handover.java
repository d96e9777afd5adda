package dev.odometer.files.folder;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileArrival;

/** Who takes files that have arrived in a folder. Called by one thread, one file at a time. */
public interface Handover {

    /** What became of a file. */
    enum Result {
        /** It is handled for good. */
        DONE,
        /** It never can be handled; whoever wants to know why has been told. */
        FAILED,
        /** It cannot be handled now. */
        AGAIN
    }

    /**
     * Handles a file, which may have been handled before.
     *
     * @param deadline comes when the watching ends
     */
    Result handle(FileArrival file, Deadline deadline);
}

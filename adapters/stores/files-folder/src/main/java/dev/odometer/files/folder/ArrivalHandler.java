package dev.odometer.files.folder;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileArrival;

/** Handles files that have arrived in a folder. It is called by one thread, for one file at a time. */
public interface ArrivalHandler {

    /** The result of one attempt. */
    enum Result {
        /** The file was handled. */
        DONE,
        /** The file can never be handled; the handler has recorded the reason. */
        FAILED,
        /** The file could not be handled now and must be retried. */
        RETRY
    }

    /**
     * Handles a file. Must be idempotent, because a file can be passed more than once.
     *
     * @param deadline expires when the polling is stopped
     */
    Result handle(FileArrival file, Deadline deadline);
}

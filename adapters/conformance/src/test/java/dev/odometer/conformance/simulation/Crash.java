package dev.odometer.conformance.simulation;

/** The end of a process in the middle of a call. An error, so that production code does not handle it. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process was killed", null, false, false);
    }
}

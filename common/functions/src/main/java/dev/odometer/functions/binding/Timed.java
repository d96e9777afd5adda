package dev.odometer.functions.binding;

/**
 * An item with the time there is for it: what a function takes that may not finish in one go. One that has to be called
 * again says so with a {@link dev.odometer.refusal.Refusal} of kind UNAVAILABLE.
 *
 * @param deadline when the platform ends the invocation
 */
public record Timed<T>(T item, Deadline deadline) {}

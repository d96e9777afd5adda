package dev.odometer.functions.binding;

/**
 * An item with a deadline, for a function that may need several invocations per item. A function that is not finished
 * throws a {@link dev.odometer.functions.refusal.Refusal} of kind UNAVAILABLE, and is called again.
 *
 * @param deadline when the platform ends the invocation
 */
public record Timed<T>(T item, Deadline deadline) {}

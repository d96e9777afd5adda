package dev.odometer.metering.usage;

/** What appending did with one event; both are a success. */
public enum Receipt {
    RECORDED,
    ALREADY_RECORDED
}

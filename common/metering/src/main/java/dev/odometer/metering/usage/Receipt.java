package dev.odometer.metering.usage;

/** The result of appending one event. Both values are a success. */
public enum Receipt {
    RECORDED,
    ALREADY_RECORDED
}

package dev.odometer.files.azure.offender;

/** Another store. */
public record OtherFileStore() {}

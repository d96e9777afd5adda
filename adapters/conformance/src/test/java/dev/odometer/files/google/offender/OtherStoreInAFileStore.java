package dev.odometer.files.google.offender;

import dev.odometer.files.azure.offender.OtherFileStore;

/** Violates the rules: a file store that depends on another one. */
public class OtherStoreInAFileStore {
    OtherFileStore outside;
}

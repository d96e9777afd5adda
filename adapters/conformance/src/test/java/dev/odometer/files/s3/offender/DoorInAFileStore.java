package dev.odometer.files.s3.offender;

import dev.odometer.door.http.HttpReply;
import dev.odometer.files.azure.offender.OtherFileStore;

/** Violates the rules: a file store that depends on the door and another store. */
record DoorInAFileStore(HttpReply reply, OtherFileStore other) {}

package dev.odometer.files.s3.offender;

import dev.odometer.door.HttpReply;
import dev.odometer.files.azure.offender.OtherFileStore;

/** Breaks the rules: a store of files that sees the door and another store. */
record DoorInAFileStore(HttpReply reply, OtherFileStore other) {}

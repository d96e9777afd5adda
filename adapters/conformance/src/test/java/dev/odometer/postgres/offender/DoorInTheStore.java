package dev.odometer.postgres.offender;

import dev.odometer.door.offender.SqlInTheDoor;

/** Violates the rules: the store depends on the door. */
public class DoorInTheStore {
    SqlInTheDoor door;
}

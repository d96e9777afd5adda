package dev.odometer.postgres.offender;

import dev.odometer.door.offender.SqlInTheDoor;

/** Breaks the rules: the store sees the door. */
public class DoorInTheStore {
    SqlInTheDoor door;
}

package dev.odometer.pdf.offender;

import dev.odometer.door.offender.SqlInTheDoor;

/** Violates the rules: a converter that depends on the door. */
public class DoorInAConverter {
    SqlInTheDoor outside;
}

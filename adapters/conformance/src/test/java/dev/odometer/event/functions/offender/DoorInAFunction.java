package dev.odometer.event.functions.offender;

import dev.odometer.door.offender.SqlInTheDoor;

/** Violates the rules: a function that depends on the door. */
public class DoorInAFunction {
    SqlInTheDoor outside;
}

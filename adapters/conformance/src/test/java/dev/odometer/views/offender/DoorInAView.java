package dev.odometer.views.offender;

import dev.odometer.door.offender.SqlInTheDoor;

/** Violates the rules: a view that depends on the door. */
public class DoorInAView {
    SqlInTheDoor outside;
}

package dev.odometer.documents.offender;

import dev.odometer.door.offender.SqlInTheDoor;

/** Violates the rules: a document that depends on the door. */
public class DoorInADocument {
    SqlInTheDoor outside;
}

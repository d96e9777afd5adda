package dev.odometer.email.offender;

import dev.odometer.door.offender.SqlInTheDoor;

/** Violates the rules: a courier that depends on the door. Another courier depends on it. */
public record OtherCourier(SqlInTheDoor door) {}

package dev.odometer.webhook.offender;

import dev.odometer.door.http.HttpReply;
import dev.odometer.email.offender.OtherCourier;

/** Violates the rules: a courier that depends on the door and another courier. */
record DoorInACourier(HttpReply reply, OtherCourier other) {}

package dev.odometer.webhook.offender;

import dev.odometer.door.HttpReply;
import dev.odometer.email.offender.OtherCourier;

/** Breaks the rules: a courier that sees the door and another courier. */
record DoorInACourier(HttpReply reply, OtherCourier other) {}

package dev.odometer.kafka.intake.offender;

import dev.odometer.door.HttpReply;

/** Breaks the rules: what hands events over answers requests. */
record DoorOnTheWay(HttpReply reply) {}

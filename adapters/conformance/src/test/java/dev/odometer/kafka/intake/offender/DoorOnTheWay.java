package dev.odometer.kafka.intake.offender;

import dev.odometer.door.http.HttpReply;

/** Violates the rules: the Kafka intake depends on the routing of the door. */
record DoorOnTheWay(HttpReply reply) {}

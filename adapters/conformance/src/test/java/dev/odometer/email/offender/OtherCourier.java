package dev.odometer.email.offender;

/** A courier that another one sees. */
public record OtherCourier() {}

package dev.odometer.email;

/** Stub. */
public class EmailConfiguration {}

package dev.odometer.metering.subscription;

/**
 * A subscription that ends when its successor starts.
 *
 * @param current the one that ends
 * @param next its successor
 */
public record Succession(Subscription current, Subscription next) {}

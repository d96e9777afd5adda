package dev.odometer.metering.subscription.offender;

/** Violates the rule against floating point. */
public class SubscriptionInDoubles {
    float seats;
}

package dev.odometer.metering.pricing;

/** A price with its commitment and discounts. */
public record Pricing(Price price, Commitment commitment, Discounts discounts) {

    public static Pricing of(Price price) {
        return new Pricing(price, Commitment.NONE, Discounts.NONE);
    }
}

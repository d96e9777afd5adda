package dev.odometer.api.functions.subscriptions;

import dev.odometer.views.SubscriptionView;

/**
 * A subscription that ends and its successor, in API responses.
 *
 * @param next in the expanded form
 */
public record SuccessionView(SubscriptionView current, SubscriptionView next) {}

/**
 * Subscriptions in PostgreSQL. Each change locks the row of the customer first, so that changes to the subscriptions of
 * one customer, and to its entitlements, are serialized. A unique index refuses a second subscription without an end.
 */
@NullMarked
package dev.odometer.postgres.subscription;

import org.jspecify.annotations.NullMarked;

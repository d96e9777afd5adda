/**
 * Hands issued invoices over to Stripe: a draft invoice, one item per charge, and the finalization, after which Stripe
 * collects the payment. Stripe computes nothing: amounts are net of discounts, tax is an item, and the total of the
 * draft must equal the total of the invoice before it is finalized. Each request has an idempotency key that depends on
 * its content only. Stripe forgets keys after a day, so each attempt after the first one looks up existing resources.
 */
@NullMarked
package dev.odometer.stripe;

import org.jspecify.annotations.NullMarked;

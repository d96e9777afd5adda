/**
 * What customers are entitled to: made, listed, shown, ended and reset, by the customer or by one of its subjects. At
 * most one entitlement of a customer and a feature is live, so a repeat of a create is a conflict that names the first.
 * A reset is told apart by its minute.
 */
@NullMarked
package dev.odometer.api.functions.entitlements;

import org.jspecify.annotations.NullMarked;

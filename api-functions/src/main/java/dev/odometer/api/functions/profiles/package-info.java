/** Billing profiles and the overrides of customers. */
@NullMarked
package dev.odometer.api.functions.profiles;

import org.jspecify.annotations.NullMarked;

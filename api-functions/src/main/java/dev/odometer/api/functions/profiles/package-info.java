/** Billing profiles, and the customers that are billed differently than by the default profile. */
@NullMarked
package dev.odometer.api.functions.profiles;

import org.jspecify.annotations.NullMarked;

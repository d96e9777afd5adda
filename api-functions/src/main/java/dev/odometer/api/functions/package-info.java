/**
 * Functions with a waiting caller, one class per verb. Each package is a feature; its {@code …Module} has the feature's beans
 * and routes.
 */
@NullMarked
package dev.odometer.api.functions;

import org.jspecify.annotations.NullMarked;

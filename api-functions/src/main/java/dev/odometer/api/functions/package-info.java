/**
 * Functions that a client calls and waits for, one class per operation. Each package is a feature; its {@code …Module}
 * declares the feature's beans and routes.
 */
@NullMarked
package dev.odometer.api.functions;

import org.jspecify.annotations.NullMarked;

/**
 * Bindings: plain data that maps channels to functions. The package depends on neither billing nor a cloud, so it can
 * be reused with other functions.
 */
@NullMarked
package dev.odometer.functions.binding;

import org.jspecify.annotations.NullMarked;

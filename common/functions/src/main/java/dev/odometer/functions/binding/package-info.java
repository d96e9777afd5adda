/**
 * The vocabulary of bindings: plain data that says when a function runs and how its input and output look outside. It
 * knows neither billing nor a cloud, so whoever replaces the functions keeps it.
 */
@NullMarked
package dev.odometer.functions.binding;

import org.jspecify.annotations.NullMarked;

/** Azure's host as far as what it does to requests, answers and messages is documented. */
@NullMarked
package dev.odometer.conformance.azure;

import org.jspecify.annotations.NullMarked;

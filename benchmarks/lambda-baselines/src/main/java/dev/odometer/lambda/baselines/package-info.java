/** Baselines of cold starts on Lambda: a bare handler, and a hello function on Spring Cloud Function's own adapter. */
@NullMarked
package dev.odometer.lambda.baselines;

import org.jspecify.annotations.NullMarked;

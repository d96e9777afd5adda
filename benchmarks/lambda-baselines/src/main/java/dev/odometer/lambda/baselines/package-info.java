/** What a cold start on Lambda is compared with: a handler of nothing, and the stock adapter with a function of nothing. */
@NullMarked
package dev.odometer.lambda.baselines;

import org.jspecify.annotations.NullMarked;

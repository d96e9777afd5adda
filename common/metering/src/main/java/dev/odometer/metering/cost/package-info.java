/**
 * What a deployment costs at list prices. Its own invocations are usage events like others, so that meters, limits and
 * prices apply to them. Amounts are exact decimals; only quotients are rounded.
 */
@NullMarked
package dev.odometer.metering.cost;

import org.jspecify.annotations.NullMarked;

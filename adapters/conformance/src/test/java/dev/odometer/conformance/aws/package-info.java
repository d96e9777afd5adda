/**
 * A simulation of AWS for tests: the Runtime API for the real runtime client, and the gateways' conversions of requests
 * and responses by their documented rules. It shares no code with the adapter.
 */
@NullMarked
package dev.odometer.conformance.aws;

import org.jspecify.annotations.NullMarked;

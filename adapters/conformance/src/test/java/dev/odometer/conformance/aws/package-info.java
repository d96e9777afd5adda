/**
 * AWS as far as a test needs it: the Runtime API that the real runtime client talks to, and the gateways that make events
 * of requests and replies of answers, by their documented rules. Nothing here is shared with the adapter.
 */
@NullMarked
package dev.odometer.conformance.aws;

import org.jspecify.annotations.NullMarked;

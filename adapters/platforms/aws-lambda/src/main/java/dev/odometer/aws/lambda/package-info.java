/**
 * The door for AWS Lambda. One handler takes all kinds of events: it determines the kind, translates the event, calls
 * the shared door and translates the result. It contains no other logic. Invocations may run concurrently in one
 * instance.
 */
@NullMarked
package dev.odometer.aws.lambda;

import org.jspecify.annotations.NullMarked;

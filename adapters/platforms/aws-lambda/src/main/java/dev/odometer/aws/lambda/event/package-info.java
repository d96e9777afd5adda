/**
 * What Lambda delivers, told apart by the members of the event. A kind recognizes its own events and no others, so the order
 * of the kinds does not matter; an event of no kind fails the invocation.
 */
@NullMarked
package dev.odometer.aws.lambda.event;

import org.jspecify.annotations.NullMarked;

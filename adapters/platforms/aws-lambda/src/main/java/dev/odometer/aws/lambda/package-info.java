/**
 * AWS Lambda's door. One handler takes every kind of event: it finds out which kind it is, translates, calls the door
 * and translates back. It decides nothing else. Invocations may run side by side in one instance.
 */
@NullMarked
package dev.odometer.aws.lambda;

import org.jspecify.annotations.NullMarked;

/**
 * Poison in an SQS queue. A redelivery that was cut off between the parking and the acknowledgement parks twice in a
 * standard queue, and once in a FIFO queue within its five minutes.
 */
@NullMarked
package dev.odometer.aws.lambda.deadletter;

import org.jspecify.annotations.NullMarked;

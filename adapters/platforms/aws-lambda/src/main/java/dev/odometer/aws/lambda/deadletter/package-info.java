/**
 * Dead letters in an SQS queue. If an invocation ends between storing and acknowledging, the redelivery stores a
 * duplicate in a standard queue. A FIFO queue deduplicates it within five minutes.
 */
@NullMarked
package dev.odometer.aws.lambda.deadletter;

import org.jspecify.annotations.NullMarked;

/**
 * Asynchronous events: batches of messages, arrived files, ticks. Messages to redeliver are reported in the source's
 * format; a source without such reports gets an exception. A message is acknowledged only when its function processed
 * it or it is stored as a dead letter. In ordered sources, a message is not acknowledged before the earlier ones of its
 * group.
 */
@NullMarked
package dev.odometer.aws.lambda.batch;

import org.jspecify.annotations.NullMarked;

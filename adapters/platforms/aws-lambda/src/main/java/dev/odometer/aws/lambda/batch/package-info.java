/**
 * Everything that comes without somebody waiting for a reply: batches of messages, files that arrive, ticks. A source is
 * told what to deliver again in the way it reads; a source that reads nothing is told by an exception. A message is done
 * only when its function has handled it or it is parked, and a message behind one that has to wait is not done where the
 * source keeps order.
 */
@NullMarked
package dev.odometer.aws.lambda.batch;

import org.jspecify.annotations.NullMarked;

/**
 * HTTP requests and replies in the form that every platform shares, and the door that answers them. A request always gets a
 * reply: an exception becomes a problem document, and a refusal keeps its sentence. Routes are matched before a body is
 * read. Brokers and timers push over HTTP too: a push answers 204 when all of its items are done or dead letters, and 503
 * otherwise, so that the broker delivers it again, see ADR 7. Classes here know no platform and no metering.
 */
@NullMarked
package dev.odometer.door.http;

import org.jspecify.annotations.NullMarked;

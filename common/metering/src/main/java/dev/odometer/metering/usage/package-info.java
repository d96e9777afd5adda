/**
 * Reported consumption, each event once, and the questions asked about it. An event is identified by (source, id); the
 * first one wins and a repeat changes nothing. Times have microsecond resolution. Ranges are half-open. The order in
 * which events arrive never changes an answer, except that of two events of the same instant the later arrival is the
 * latest.
 */
@NullMarked
package dev.odometer.metering.usage;

import org.jspecify.annotations.NullMarked;

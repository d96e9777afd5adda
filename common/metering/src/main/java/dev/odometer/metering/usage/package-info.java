/**
 * Events and usage queries. An event is identified by (source, id): the first one is counted, and duplicates change
 * nothing. Times have microsecond resolution. Ranges are half-open. Results do not depend on the order of arrival, with
 * one exception: of two events with the same time, LATEST uses the one that arrived last.
 */
@NullMarked
package dev.odometer.metering.usage;

import org.jspecify.annotations.NullMarked;

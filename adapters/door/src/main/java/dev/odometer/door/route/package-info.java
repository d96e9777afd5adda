/**
 * Selects the route of a request, by method and path only. Segments are compared after decoding, so an encoded slash is
 * part of a segment. A trailing slash makes a different path. Ambiguous routes fail the start.
 */
@NullMarked
package dev.odometer.door.route;

import org.jspecify.annotations.NullMarked;

/**
 * Which route a request takes: by method and path alone. Segments are compared decoded, so an encoded slash is part of
 * a segment. A path with a trailing slash is another path. What is ambiguous never starts.
 */
@NullMarked
package dev.odometer.door.route;

import org.jspecify.annotations.NullMarked;

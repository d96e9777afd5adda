/** The common parts of resources: id (a ULID), key (a slug), metadata and lifecycle; and pagination of lists. */
@NullMarked
package dev.odometer.metering.resource;

import org.jspecify.annotations.NullMarked;

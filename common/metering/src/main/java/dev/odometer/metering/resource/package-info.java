/** What every named thing has: an id (a ULID), a key that people chose (a slug), and metadata. */
@NullMarked
package dev.odometer.metering.resource;

import org.jspecify.annotations.NullMarked;

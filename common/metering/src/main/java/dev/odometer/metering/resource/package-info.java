/** What every named thing has: an id (a ULID), a key that people chose (a slug), and metadata; and the pages of their lists. */
@NullMarked
package dev.odometer.metering.resource;

import org.jspecify.annotations.NullMarked;

/**
 * The meters: what is counted. What decides a meter's numbers never changes once it exists; a deleted meter can still be
 * read by its id, and its slug is free again. A repeat of a create is a conflict, of an update the same answer.
 */
@NullMarked
package dev.odometer.api.functions.meters;

import org.jspecify.annotations.NullMarked;

/**
 * How lists are asked for and answered: in pages with a count of the whole, or as bare arrays for clients that know no
 * pages. Either is bounded.
 */
@NullMarked
package dev.odometer.api.functions.list;

import org.jspecify.annotations.NullMarked;

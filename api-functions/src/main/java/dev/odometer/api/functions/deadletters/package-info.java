/** Dead letters in the database over HTTP, with their reasons. */
@NullMarked
package dev.odometer.api.functions.deadletters;

import org.jspecify.annotations.NullMarked;

/** The functions that somebody waits for, one class per verb; here only the list of them and the table of their routes. */
@NullMarked
package dev.odometer.api.functions;

import org.jspecify.annotations.NullMarked;

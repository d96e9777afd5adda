/** The maintenance of archived events, for the commands of a platform. */
@NullMarked
package dev.odometer.functions.archive;

import org.jspecify.annotations.NullMarked;

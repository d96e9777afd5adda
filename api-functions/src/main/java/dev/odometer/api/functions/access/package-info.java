/**
 * What customers may do now: the questions that are asked before each use. They read one snapshot of entitlements,
 * grants and usage, and write nothing. Time goes by the minute: the running one counts as far as it has been reported.
 */
@NullMarked
package dev.odometer.api.functions.access;

import org.jspecify.annotations.NullMarked;

/**
 * Access checks, which clients run before each use of a feature. They read one snapshot of entitlements, grants and
 * usage, and write nothing. Their resolution is a minute: the current minute counts as far as its usage has been
 * reported. A balance history is one such snapshot over a range of time.
 */
@NullMarked
package dev.odometer.api.functions.access;

import org.jspecify.annotations.NullMarked;

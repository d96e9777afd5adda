/**
 * The console in a real browser. The service and the browser start once for all test classes, which share the database:
 * each test uses its own names.
 */
@NullMarked
package dev.odometer.conformance.console;

import org.jspecify.annotations.NullMarked;

/** Functions that accept requests for exports and report their progress; none waits for an export to finish. */
@NullMarked
package dev.odometer.api.functions.exports;

import org.jspecify.annotations.NullMarked;

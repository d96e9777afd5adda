/** Functions that take requests for exports and say how far they are; none of them waits for one. */
@NullMarked
package dev.odometer.api.functions.exports;

import org.jspecify.annotations.NullMarked;

/** Functions that take requests for exports and say how far they are; none of them waits for one. */
@NullMarked
package dev.odometer.api.exports;

import org.jspecify.annotations.NullMarked;

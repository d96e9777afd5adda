@NullMarked
package dev.odometer.pdf;

import org.jspecify.annotations.NullMarked;

/** Converts documents to PDF, with the fonts that every reader of PDF has or with those of a folder. */
@NullMarked
package dev.odometer.pdf;

import org.jspecify.annotations.NullMarked;

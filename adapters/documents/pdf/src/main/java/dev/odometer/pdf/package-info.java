/** Converts documents to PDF, with the standard fonts of PDF or with the fonts of a folder. */
@NullMarked
package dev.odometer.pdf;

import org.jspecify.annotations.NullMarked;

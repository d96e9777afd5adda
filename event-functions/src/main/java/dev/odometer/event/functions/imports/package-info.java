/**
 * How a file becomes events: unpacked, cut into pieces at lines or elements, each piece read by itself. Everything works
 * on streams, with memory for some batches of bounded lines; what is wrong with a piece is its own matter, what is wrong
 * with the file is a {@code Refusal} from whoever reads on. A piece knows where it ends, so reading can go on behind any.
 */
@NullMarked
package dev.odometer.event.functions.imports;

import org.jspecify.annotations.NullMarked;

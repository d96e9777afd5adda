/**
 * Usage of a period as files. What is to be exported is stored first and written by whoever finds it, so that nobody has
 * to wait and nothing is lost when the writer dies. Equal requests are one export; a file is there complete or not at all;
 * one that is written is not written again.
 */
@NullMarked
package dev.odometer.metering.export;

import org.jspecify.annotations.NullMarked;

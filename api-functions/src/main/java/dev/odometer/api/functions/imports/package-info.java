/** Imports of files over HTTP: their progress and results. */
@NullMarked
package dev.odometer.api.functions.imports;

import org.jspecify.annotations.NullMarked;

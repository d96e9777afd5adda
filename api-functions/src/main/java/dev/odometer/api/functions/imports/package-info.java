/**
 * Imports over HTTP: what has arrived as files, how far it is and what came of it.
 */
@NullMarked
package dev.odometer.api.functions.imports;

import org.jspecify.annotations.NullMarked;

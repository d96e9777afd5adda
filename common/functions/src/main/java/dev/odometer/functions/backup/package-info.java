/** Copies of all stored data: into a file, from a file, and from one database into another. */
@NullMarked
package dev.odometer.functions.backup;

import org.jspecify.annotations.NullMarked;

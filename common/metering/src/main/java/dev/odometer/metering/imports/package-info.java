/**
 * Files whose usage is counted. An import is of one version of one file; where it is and what it counted change in the
 * transaction that counts, so both are exact whatever crashes. One run at a time works on it, by a lease that ends by
 * itself. Of one that is done, or failed, the lines that were refused are gone: they stand in a file beside it.
 */
@NullMarked
package dev.odometer.metering.imports;

import org.jspecify.annotations.NullMarked;

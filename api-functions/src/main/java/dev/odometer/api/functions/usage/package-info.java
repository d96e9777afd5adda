/**
 * Questions about usage in the two dialects of the wire API. Both become the same question to the usage log; only the
 * words of the request and of the answer differ. Rows exist only where something was counted.
 */
@NullMarked
package dev.odometer.api.functions.usage;

import org.jspecify.annotations.NullMarked;

/**
 * Usage queries in the two versions of the wire API. Both map to the same query of the usage log and differ only in the
 * format of request and response. Rows exist only where something was counted.
 */
@NullMarked
package dev.odometer.api.functions.usage;

import org.jspecify.annotations.NullMarked;

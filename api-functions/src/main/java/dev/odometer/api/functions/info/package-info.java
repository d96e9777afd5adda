/** Information that clients of the wire API ask for: currencies, the progress of queries, and counts of events. */
@NullMarked
package dev.odometer.api.functions.info;

import org.jspecify.annotations.NullMarked;

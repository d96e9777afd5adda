/** Pagination of lists: pages with a total count, or bare arrays with limit and offset. Both are bounded. */
@NullMarked
package dev.odometer.api.functions.list;

import org.jspecify.annotations.NullMarked;

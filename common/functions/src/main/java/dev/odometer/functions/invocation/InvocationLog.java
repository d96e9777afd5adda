package dev.odometer.functions.invocation;

import java.util.List;

/** The store of invocation totals. */
@FunctionalInterface
public interface InvocationLog {

    /**
     * Stores totals, all or none. Totals whose id is already stored change nothing. When it throws, the same totals are
     * stored again later. It is not called concurrently.
     */
    void append(List<InvocationTotals> totals);
}

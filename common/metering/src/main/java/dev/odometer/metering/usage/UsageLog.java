package dev.odometer.metering.usage;

import dev.odometer.metering.meter.Meter;
import java.util.List;

/** All usage ever reported, each event once. */
public interface UsageLog {

    /**
     * Records the events that are new: all of them or, when it throws, none. Once it returns they survive any crash.
     * Of events with one identity, in one call or in several, the first wins. Safe to call concurrently and to repeat.
     *
     * @param events with their times
     * @return a receipt for each event, in order
     */
    List<Receipt> append(List<UsageEvent> events);

    /** The rows that have counted events, in {@link UsageRow#ORDER}; sees everything appended before the call. */
    List<UsageRow> query(UsageQuery query);

    /** Events, latest time first, later arrivals first among equals. */
    List<RecordedEvent> list(EventSearch search);

    /** The subjects with events that the meter counts in the range, ascending. */
    List<String> subjects(Meter meter, Range range);

    /** The values of one of the meter's group-by keys in the range, ascending. */
    List<String> groupValues(Meter meter, String key, Range range);
}

package dev.odometer.metering.usage;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Meter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The store of all reported events, each once. Safe for concurrent use. */
public interface UsageLog {

    /**
     * Records the new events atomically: all of them or, when it throws, none. Once it returns, they are durable. Of
     * events with the same identity, in one call or in several, the first wins. Idempotent.
     *
     * @param events with their times
     * @return a receipt for each event, in order
     */
    List<Receipt> append(List<UsageEvent> events);

    /**
     * The rows with counted events, in {@link UsageRow#ORDER}. Includes everything appended before the call.
     *
     * @param maxRows bounds the memory of the answer
     * @throws Refusal INVALID when there are more rows
     */
    List<UsageRow> query(UsageQuery query, int maxRows);

    /** All rows, for queries whose number of rows the caller bounds. */
    default List<UsageRow> query(UsageQuery query) {
        return query(query, Integer.MAX_VALUE);
    }

    /** The refusal of a query with too many rows. */
    static Refusal tooManyRows(int maxRows) {
        return Refusal.invalid("the answer has more than " + maxRows
                + " rows; use a shorter range, larger windows, filters or fewer groups, or request an export");
    }

    /** The refusal of a query whose groups have too much text. */
    static Refusal tooLarge() {
        return Refusal.invalid("the groups of the answer have too many or too long values; use a shorter range, larger"
                + " windows, filters or fewer groups, or request an export");
    }

    /** Events by time, newest first; of equal times the later arrival first. */
    List<RecordedEvent> list(EventSearch search);

    /**
     * The subjects with counted events in the range, ascending.
     *
     * @throws Refusal INVALID when there are more than the maximum
     */
    List<String> subjects(Meter meter, Range range, int maximum);

    /**
     * A part of the meter's subjects, descending, so that an answer by subject can be read in parts. All parts together
     * contain each subject with counted events in the range once, and may contain others.
     *
     * @param before the last subject of the previous part; absent for the first part
     * @param limit the size of every part except the last, which is smaller
     */
    List<String> subjectsBefore(Meter meter, Range range, @Nullable String before, int limit);

    /** The values of one of the meter's group-by keys in the range, ascending, as {@link #subjects}. */
    List<String> groupValues(Meter meter, String key, Range range, int maximum);

    /** The numbers of events from the time on, by subject: most events first, then by subject; at most {@code limit}. */
    List<EventCount> countBySubject(Instant from, int limit);

    /** The number of events of a subject. */
    record EventCount(String subject, long events) {}
}

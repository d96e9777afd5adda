package dev.odometer.event.functions.exports;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usage of a meter in the order of {@link UsageRow#ORDER}, one query at a time. A part has several windows
 * where there are few subjects, and some subjects of one window where there are many, so that its rows fit in memory.
 */
final class UsageParts {

    /** The maximum number of windows in a part: enough to keep round trips few. */
    private static final int MAX_WINDOWS = 24;
    /** A part with fewer rows than this fraction of the maximum may be followed by one with more windows. */
    private static final int FEW_ROWS_DIVISOR = 20;

    private final UsageLog log;
    private final ExportRequest request;
    private final Meter meter;
    private final int maxRows;
    private Instant from;
    private int windows = 1;
    /** Whether the current window is read by its subjects. */
    private boolean isSplit;
    /** The last subject that was read of the current window; null at its start. */
    private @Nullable String last;

    private int rowsOfWindow;

    /** @param maxRows the maximum number of rows of a part; at least 3 */
    UsageParts(UsageLog log, ExportRequest request, Meter meter, int maxRows) {
        this.log = log;
        this.request = request;
        this.meter = meter;
        this.maxRows = maxRows;
        this.from = request.from();
    }

    boolean hasNext() {
        return from.isBefore(request.to());
    }

    /** The next rows; there may be none although more follow. */
    List<UsageRow> next() {
        return isSplit ? nextSubjects() : nextWindows();
    }

    private List<UsageRow> nextWindows() {
        Instant to = end(windows);
        List<UsageRow> rows;
        try {
            rows = query(to, null);
        } catch (Refusal tooMany) {
            // A refusal for another reason is thrown again by the query of a smaller part.
            if (tooMany.kind() != RefusalKind.INVALID) {
                throw tooMany;
            }
            isSplit = windows == 1;
            windows = 1;
            return List.of();
        }
        from = to;
        if (rows.size() > maxRows / 2) {
            windows = Math.max(1, windows / 2);
        } else if (rows.size() < maxRows / FEW_ROWS_DIVISOR) {
            windows = Math.min(2 * windows, MAX_WINDOWS);
        }
        return rows;
    }

    private List<UsageRow> nextSubjects() {
        Instant to = end(1);
        // Small enough that even the longest subjects stay below the size limit of an answer.
        int limit = maxRows / 3;
        List<String> subjects = log.subjectsBefore(meter, new Range(from, to), last, limit);
        List<UsageRow> rows = subjects.isEmpty() ? List.of() : query(to, Set.copyOf(subjects));
        rowsOfWindow += rows.size();
        if (subjects.size() < limit) {
            // Reads the next window in one query if this one had few enough rows.
            isSplit = rowsOfWindow > maxRows / 2;
            rowsOfWindow = 0;
            last = null;
            from = to;
        } else {
            last = subjects.get(subjects.size() - 1);
        }
        return rows;
    }

    /** The end of this many windows, or of the period if that is earlier. */
    private Instant end(int count) {
        Instant end = from;
        for (int i = 0; i < count && end.isBefore(request.to()); i++) {
            end = request.windowSize().containing(end, request.zone()).end();
        }
        return end.isBefore(request.to()) ? end : request.to();
    }

    private List<UsageRow> query(Instant to, @Nullable Set<String> subjects) {
        var query = new UsageQuery(
                meter,
                new Range(from, to),
                request.windowSize(),
                request.zone(),
                subjects,
                null,
                true,
                false,
                List.of(),
                Map.of());
        return log.query(query, maxRows);
    }
}

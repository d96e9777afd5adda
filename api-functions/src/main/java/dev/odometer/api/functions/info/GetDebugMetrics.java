package dev.odometer.api.functions.info;

import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageLog.EventCount;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/**
 * Counts the events of each subject since 00:00 UTC, as OpenMetrics text, see
 * https://github.com/prometheus/OpenMetrics. Of more than 10,000 subjects, those with the most events are shown.
 */
public final class GetDebugMetrics implements Supplier<String> {

    static final int MAX_SUBJECTS = 10_000;

    private static final String HEAD = """
            # HELP openmeter_events Number of ingested events
            # TYPE openmeter_events counter
            """;

    private final UsageLog log;
    private final Clock clock;

    public GetDebugMetrics(UsageLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String get() {
        List<EventCount> counts = log.countBySubject(clock.instant().truncatedTo(ChronoUnit.DAYS), MAX_SUBJECTS);
        var text = new StringBuilder(HEAD);
        for (EventCount count : counts) {
            text.append("openmeter_events_total{subject=\"")
                    .append(escaped(count.subject()))
                    .append("\"} ")
                    .append(count.events())
                    .append(".0\n");
        }
        return text.append("# EOF\n").toString();
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}

package dev.odometer.postgres.query;

import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import java.util.ArrayList;
import java.util.List;

/** Reads all parts of a meter's subjects. */
final class SubjectParts {

    private SubjectParts() {}

    static List<String> of(UsageLog log, UsageQuery query, int limit) {
        var subjects = new ArrayList<String>();
        String last = null;
        List<String> part;
        do {
            part = log.subjectsBefore(query.meter(), query.range(), last, limit);
            subjects.addAll(part);
            last = part.isEmpty() ? null : part.get(part.size() - 1);
        } while (part.size() == limit);
        return subjects;
    }
}

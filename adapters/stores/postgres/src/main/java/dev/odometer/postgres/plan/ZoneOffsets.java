package dev.odometer.postgres.plan;

import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.rollup.Granularity;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/** What a zone's wall clock shows during a stretch of time: its offset at the start and its transitions. */
record ZoneOffsets(long first, List<ZoneOffsetTransition> transitions) {

    static ZoneOffsets during(ZoneId zone, MicrosRange stretch) {
        ZoneRules rules = zone.getRules();
        Instant start = Micros.toInstant(stretch.from());
        Instant end = Micros.toInstant(stretch.to());
        var transitions = new ArrayList<ZoneOffsetTransition>();
        ZoneOffsetTransition next = rules.nextTransition(start);
        while (next != null && next.getInstant().isBefore(end)) {
            transitions.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return new ZoneOffsets(rules.getOffset(start).getTotalSeconds(), transitions);
    }

    boolean areZero() {
        return first == 0 && transitions.isEmpty();
    }

    /** Whether every window boundary is one of the level's too. */
    boolean areWhole(Granularity level) {
        return first % level.seconds == 0
                && transitions.stream()
                        .allMatch(t -> t.getOffsetAfter().getTotalSeconds() % level.seconds == 0
                                && t.getInstant().getEpochSecond() % level.seconds == 0);
    }

    /**
     * Until when the wall clock's minutes are not those of UTC: local mean time, to the second; the last such zone ended
     * it in 1972. In microseconds.
     */
    long unalignedUntil() {
        long until = Long.MIN_VALUE;
        long offset = first;
        for (ZoneOffsetTransition transition : transitions) {
            if (offset % 60 != 0 || transition.getInstant().getEpochSecond() % 60 != 0) {
                until = Micros.of(transition.getInstant());
            }
            offset = transition.getOffsetAfter().getTotalSeconds();
        }
        return offset % 60 != 0 ? Long.MAX_VALUE : until;
    }
}

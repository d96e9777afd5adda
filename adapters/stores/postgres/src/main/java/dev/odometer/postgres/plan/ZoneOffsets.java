package dev.odometer.postgres.plan;

import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.rollup.Granularity;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/** The offsets of a time zone during a range: the offset at its start, in seconds, and the transitions. */
record ZoneOffsets(long first, List<ZoneOffsetTransition> transitions) {

    static ZoneOffsets during(ZoneId zone, MicrosRange range) {
        ZoneRules rules = zone.getRules();
        Instant start = Micros.toInstant(range.from());
        Instant end = Micros.toInstant(range.to());
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

    /**
     * Whether all offsets and transitions are multiples of the level, so that every window boundary is a bucket
     * boundary.
     */
    boolean areWhole(Granularity level) {
        return first % level.seconds == 0
                && transitions.stream()
                        .allMatch(t -> t.getOffsetAfter().getTotalSeconds() % level.seconds == 0
                                && t.getInstant().getEpochSecond() % level.seconds == 0);
    }

    /**
     * The time until which local minutes do not align with minutes of UTC, in microseconds: local mean time has offsets
     * with seconds, which the last zone abandoned in 1972.
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

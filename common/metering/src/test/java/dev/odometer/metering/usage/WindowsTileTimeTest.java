package dev.odometer.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks every size in every zone of the JDK, around every recorded transition and until 2037. */
class WindowsTileTimeTest {

    private static final Instant FIRST = Instant.parse("1800-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2038-01-01T00:00:00Z");
    private static final long[] BESIDE = {0, -1, 59, 1799, -1800, 3599, 3600, -3601, 86_399, -86_400, 2_678_400};

    @ParameterizedTest
    @EnumSource(WindowSize.class)
    void windowsHaveNoGapAndNoOverlap(WindowSize size) {
        Stream<String> faults = zones().parallelStream()
                .flatMap(zone -> moments(zone.getRules())
                        .filter(time -> !tiles(size, time, zone))
                        .map(time -> size + " in " + zone + " at " + time));

        assertThat(faults).isEmpty();
    }

    /** One zone per set of rules, since most zone ids are aliases. */
    private static Collection<ZoneId> zones() {
        var zones = new HashMap<ZoneRules, ZoneId>();
        ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .map(ZoneId::of)
                .forEach(zone -> zones.put(zone.getRules(), zone));
        return zones.values();
    }

    private static Stream<Instant> moments(ZoneRules rules) {
        Stream<Instant> transitions = Stream.iterate(
                        rules.nextTransition(FIRST),
                        transition ->
                                transition != null && transition.getInstant().isBefore(LAST),
                        transition -> rules.nextTransition(transition.getInstant()))
                .map(ZoneOffsetTransition::getInstant);
        return Stream.concat(Stream.of(FIRST, LAST), transitions)
                .flatMap(at -> Arrays.stream(BESIDE).mapToObj(at::plusSeconds));
    }

    private static boolean tiles(WindowSize size, Instant time, ZoneId zone) {
        Window window = size.containing(time, zone);
        return window.contains(time)
                && size.containing(window.start(), zone).equals(window)
                && size.containing(window.end().minusNanos(1), zone).equals(window)
                && size.containing(window.end(), zone).start().equals(window.end())
                && size.containing(window.start().minusNanos(1), zone).end().equals(window.start());
    }
}

package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.Lab.WORLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every source, with every set of its messages failing: what comes in is counted once, or parked once, or the platform still
 * has it where somebody can see it; and it is in order where the source promises one.
 */
class TruthTablesTest {

    private static final int FOR_EVER = 1_000_000;

    /** What becomes of a message when it is tried; an invocation tries three times. */
    enum Fate {
        FINE(0),
        UNREADABLE(-1),
        REFUSED(-1),
        /** Within one invocation. */
        LATE(1),
        /** In the third. */
        VERY_LATE(7),
        NEVER(FOR_EVER);

        /** Or -1 for what is poison. */
        private final int failures;

        Fate(int failures) {
            this.failures = failures;
        }

        boolean isPoison() {
            return failures < 0;
        }
    }

    static Stream<Arguments> sources() {
        return Stream.of(Simulator.values())
                .flatMap(source -> Stream.of(0, 1, 3, 10).map(size -> Arguments.of(source, size)));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void parkEachPoisonOnceAndCountTheRest(Simulator source, int size) {
        sets(size, Fate.UNREADABLE, Fate.REFUSED).forEach(fates -> check(source, fates, 0));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void parkPoisonAlsoWhenParkingFailsForAWhile(Simulator source, int size) {
        sets(Math.min(size, 3), Fate.UNREADABLE, Fate.REFUSED).forEach(fates -> check(source, fates, 4));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void countEachOnceThatFailsForAWhile(Simulator source, int size) {
        sets(size, Fate.LATE, Fate.VERY_LATE).forEach(fates -> check(source, fates, 0));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void loseNothingOfWhatFailsForEver(Simulator source, int size) {
        sets(size, Fate.NEVER, Fate.NEVER).forEach(fates -> check(source, fates, 0));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void doAllAtOnce(Simulator source, int size) {
        mixtures(Math.min(size, 3)).forEach(fates -> check(source, fates, 0));
    }

    /** All 2^n sets of failing places, where even and odd ones fail in different ways. */
    private static Stream<List<Fate>> sets(int size, Fate even, Fate odd) {
        return IntStream.range(0, 1 << size)
                .mapToObj(set -> IntStream.range(0, size)
                        .mapToObj(i -> (set >> i & 1) == 0 ? Fate.FINE : i % 2 == 0 ? even : odd)
                        .toList());
    }

    /** All 6^n. */
    private static Stream<List<Fate>> mixtures(int size) {
        Fate[] fates = Fate.values();
        int all = IntStream.range(0, size).reduce(1, (product, i) -> product * fates.length);
        return IntStream.range(0, all)
                .mapToObj(n -> Stream.iterate(n, rest -> rest / fates.length)
                        .limit(size)
                        .map(rest -> fates[rest % fates.length])
                        .toList());
    }

    private static void check(Simulator source, List<Fate> fates, int deadLetterFailures) {
        WORLD.forget();
        WORLD.deadLetterFailures = deadLetterFailures;
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < fates.size(); i++) {
            WORLD.failures.put(String.valueOf(i), Math.max(0, fates.get(i).failures));
            bodies.add(body(i, fates.get(i)));
        }

        Simulator.Rest rest = source.deliver(bodies);

        String what = source + " " + fates;
        List<String> parked = WORLD.parkedBodies();
        var kept = new HashSet<>(rest.waiting());
        kept.addAll(rest.dead());
        if (!fates.contains(Fate.NEVER)) {
            assertThat(kept).as(what).isEmpty();
        }
        for (int i = 0; i < fates.size(); i++) {
            boolean counted = WORLD.counted.contains(String.valueOf(i));
            long times = parked.stream().filter(bodies.get(i)::equals).count();
            assertThat(times).as("%s parked of %d", what, i).isLessThanOrEqualTo(1);
            assertThat(counted || times == 1 || kept.contains(i))
                    .as("%s has %d", what, i)
                    .isTrue();
            assertThat(counted && times == 1).as("%s has %d twice", what, i).isFalse();
            assertThat(fates.get(i).isPoison() || times == 0)
                    .as("%s parked %d", what, i)
                    .isTrue();
        }
        if (source.keepsOrder()) {
            assertThat(WORLD.counted.stream().map(Integer::valueOf)).as(what).isSorted();
        }
    }

    private static String body(int place, Fate fate) {
        return switch (fate) {
            case UNREADABLE -> "nonsense " + place;
            case REFUSED -> Lab.event(String.valueOf(place), "refused");
            default -> Lab.event(String.valueOf(place), "acme");
        };
    }
}

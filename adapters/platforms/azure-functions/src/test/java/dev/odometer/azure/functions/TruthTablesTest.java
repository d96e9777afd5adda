package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.TriggerFixture.RECORDER;
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
 * Tests every source with every combination of failing messages. Each message is counted once, is stored as a dead
 * letter once, or is still visible in the source. The order is kept where the source guarantees it.
 */
class TruthTablesTest {

    private static final int FOREVER = 1_000_000;

    /** How the function handles a message. An invocation makes up to three attempts. */
    enum Fate {
        SUCCEEDS(0),
        UNREADABLE(-1),
        REFUSED(-1),
        /** Succeeds within the first invocation. */
        FAILS_BRIEFLY(1),
        /** Succeeds in the third invocation. */
        FAILS_LONGER(7),
        ALWAYS_FAILS(FOREVER);

        /** The number of failed attempts, or -1 for poison. */
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
    void storesPoisonAsADeadLetterOnceAndCountsTheRest(Simulator source, int size) {
        sets(size, Fate.UNREADABLE, Fate.REFUSED).forEach(fates -> check(source, fates, 0));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void storesPoisonAfterTheDeadLetterStoreFailed(Simulator source, int size) {
        sets(Math.min(size, 3), Fate.UNREADABLE, Fate.REFUSED).forEach(fates -> check(source, fates, 4));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void countsMessagesOnceAfterTransientFailures(Simulator source, int size) {
        sets(size, Fate.FAILS_BRIEFLY, Fate.FAILS_LONGER).forEach(fates -> check(source, fates, 0));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void losesNoMessageThatFailsForever(Simulator source, int size) {
        sets(size, Fate.ALWAYS_FAILS, Fate.ALWAYS_FAILS).forEach(fates -> check(source, fates, 0));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void losesNoMessageOfAnyMixture(Simulator source, int size) {
        mixtures(Math.min(size, 3)).forEach(fates -> check(source, fates, 0));
    }

    /** All 2^n sets of failing positions, where even and odd positions fail in different ways. */
    private static Stream<List<Fate>> sets(int size, Fate even, Fate odd) {
        return IntStream.range(0, 1 << size)
                .mapToObj(set -> IntStream.range(0, size)
                        .mapToObj(i -> (set >> i & 1) == 0 ? Fate.SUCCEEDS : i % 2 == 0 ? even : odd)
                        .toList());
    }

    /** All 6^n sequences of fates. */
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
        RECORDER.reset();
        RECORDER.deadLetterFailures = deadLetterFailures;
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < fates.size(); i++) {
            RECORDER.failures.put(String.valueOf(i), Math.max(0, fates.get(i).failures));
            bodies.add(body(i, fates.get(i)));
        }

        Simulator.Rest rest = source.deliver(bodies);

        String what = source + " " + fates;
        List<String> parked = RECORDER.parkedBodies();
        var kept = new HashSet<>(rest.waiting());
        kept.addAll(rest.dead());
        if (!fates.contains(Fate.ALWAYS_FAILS)) {
            assertThat(kept).as(what).isEmpty();
        }
        for (int i = 0; i < fates.size(); i++) {
            boolean counted = RECORDER.counted.contains(String.valueOf(i));
            long times = parked.stream().filter(bodies.get(i)::equals).count();
            assertThat(times).as("%s parked of %d", what, i).isLessThanOrEqualTo(1);
            assertThat(counted || times == 1 || kept.contains(i))
                    .as("%s loses %d", what, i)
                    .isTrue();
            assertThat(counted && times == 1)
                    .as("%s both counts and parks %d", what, i)
                    .isFalse();
            assertThat(fates.get(i).isPoison() || times == 0)
                    .as("%s parked %d", what, i)
                    .isTrue();
        }
        if (source.keepsOrder()) {
            assertThat(RECORDER.counted.stream().map(Integer::valueOf)).as(what).isSorted();
        }
    }

    private static String body(int place, Fate fate) {
        return switch (fate) {
            case UNREADABLE -> "nonsense " + place;
            case REFUSED -> TriggerFixture.event(String.valueOf(place), "refused");
            default -> TriggerFixture.event(String.valueOf(place), "acme");
        };
    }
}

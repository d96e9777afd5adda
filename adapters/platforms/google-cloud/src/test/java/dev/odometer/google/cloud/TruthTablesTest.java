package dev.odometer.google.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that pushes, with every set of its messages failing: what comes in is counted once, parked once or a dead
 * letter of what pushed it, and in order where that promises one.
 */
class TruthTablesTest {

    /** What becomes of a message when it is delivered. */
    enum Fate {
        FINE(0),
        UNREADABLE(0),
        REFUSED(0),
        LATE(1),
        VERY_LATE(2),
        HOPELESS(1000);

        private final int failures;

        Fate(int failures) {
            this.failures = failures;
        }

        boolean isPoison() {
            return this == UNREADABLE || this == REFUSED;
        }
    }

    static Stream<Arguments> sources() {
        return Stream.of(Simulator.values())
                .flatMap(source -> channels().map(channel -> Arguments.of(source, channel.get()[0], channel.get()[1])));
    }

    static Stream<Arguments> channels() {
        return Stream.of("batch", "item")
                .flatMap(channel -> Stream.of(0, 1, 3, 10).map(size -> Arguments.of(channel, size)));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void parkEachPoisonOnceAndCountTheRest(Simulator source, String channel, int size) {
        sets(size, Fate.UNREADABLE, Fate.REFUSED).forEach(fates -> check(source, channel, fates));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void countEachOnceThatFailsForAWhile(Simulator source, String channel, int size) {
        sets(size, Fate.LATE, Fate.VERY_LATE).forEach(fates -> check(source, channel, fates));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void loseNothingOfAnyMixture(Simulator source, String channel, int size) {
        mixtures(Math.min(size, 3)).forEach(fates -> check(source, channel, fates));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void parkThePoisonOfABatchOnceAndCountTheRest(String channel, int size) {
        sets(size, Fate.UNREADABLE, Fate.REFUSED).forEach(fates -> checkBatch(channel, fates));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void countABatchOnceOfWhichSomeFailForAWhile(String channel, int size) {
        sets(size, Fate.LATE, Fate.VERY_LATE).forEach(fates -> checkBatch(channel, fates));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void loseNothingOfABatchOfAnyMixture(String channel, int size) {
        mixtures(Math.min(size, 3)).forEach(fates -> checkBatch(channel, fates));
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

    private static void check(Simulator source, String channel, List<Fate> fates) {
        prepare(fates);

        List<Integer> dead = source.run(channel, bodies(fates));

        assertThat(dead).as("%s %s %s", source, channel, fates).isEqualTo(places(fates, Fate.HOPELESS::equals));
        assertOutcome(fates, fate -> !fate.isPoison() && fate != Fate.HOPELESS);
        for (int group = 0; group < fates.size(); group++) {
            int own = group;
            assertThat(World.COUNTED.stream().map(Integer::valueOf).filter(i -> source.group(i) == own))
                    .as("%s %s %s", source, channel, fates)
                    .isSorted();
        }
    }

    /** Where items are handled together, those with a hopeless one share its fate: they are in the same dead letter. */
    private static void checkBatch(String channel, List<Fate> fates) {
        prepare(fates);

        boolean dead = Simulator.batchIsDead(channel, bodies(fates));

        assertThat(dead).as("%s %s", channel, fates).isEqualTo(fates.contains(Fate.HOPELESS));
        if (dead) {
            assertThat(World.COUNTED).doesNotHaveDuplicates();
            assertParked(fates);
        } else {
            assertOutcome(fates, fate -> !fate.isPoison());
        }
    }

    private static void prepare(List<Fate> fates) {
        World.forget();
        IntStream.range(0, fates.size()).forEach(i -> World.FAILURES.put("" + i, fates.get(i).failures));
    }

    private static void assertOutcome(List<Fate> fates, Predicate<Fate> isCounted) {
        assertThat(World.COUNTED.stream().map(Integer::valueOf))
                .as("%s", fates)
                .containsExactlyInAnyOrderElementsOf(places(fates, isCounted));
        assertParked(fates);
    }

    private static void assertParked(List<Fate> fates) {
        List<String> bodies = bodies(fates);
        assertThat(World.parked())
                .as("%s", fates)
                .extracting(item -> bodies.indexOf(new String(item.body(), StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrderElementsOf(places(fates, Fate::isPoison));
    }

    private static List<Integer> places(List<Fate> fates, Predicate<Fate> is) {
        return new ArrayList<>(IntStream.range(0, fates.size())
                .filter(i -> is.test(fates.get(i)))
                .boxed()
                .toList());
    }

    /** What nobody can read is JSON nevertheless, so that a batch of it is one. */
    private static List<String> bodies(List<Fate> fates) {
        return IntStream.range(0, fates.size())
                .mapToObj(i -> switch (fates.get(i)) {
                    case UNREADABLE -> "\"nonsense " + i + "\"";
                    case REFUSED -> Sent.event("" + i, "refused").toString();
                    default -> Sent.event("" + i, "acme").toString();
                })
                .toList();
    }
}

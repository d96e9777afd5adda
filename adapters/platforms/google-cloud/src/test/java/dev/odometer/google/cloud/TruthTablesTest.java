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
 * Tests every pushing service with every combination of failing messages. Each message is counted once, is stored as a
 * dead letter once, or is a dead letter of the service. The order is kept where the service guarantees it.
 */
class TruthTablesTest {

    /** How the function handles a message. */
    enum Fate {
        SUCCEEDS(0),
        UNREADABLE(0),
        REFUSED(0),
        FAILS_ONCE(1),
        FAILS_TWICE(2),
        ALWAYS_FAILS(1000);

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
    void storesPoisonAsADeadLetterOnceAndCountsTheRest(Simulator source, String channel, int size) {
        sets(size, Fate.UNREADABLE, Fate.REFUSED).forEach(fates -> check(source, channel, fates));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void countsMessagesOnceAfterTransientFailures(Simulator source, String channel, int size) {
        sets(size, Fate.FAILS_ONCE, Fate.FAILS_TWICE).forEach(fates -> check(source, channel, fates));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void losesNoMessageOfAnyMixture(Simulator source, String channel, int size) {
        mixtures(Math.min(size, 3)).forEach(fates -> check(source, channel, fates));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void storesThePoisonOfABatchOnceAndCountsTheRest(String channel, int size) {
        sets(size, Fate.UNREADABLE, Fate.REFUSED).forEach(fates -> checkBatch(channel, fates));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void countsABatchOnceAfterTransientFailures(String channel, int size) {
        sets(size, Fate.FAILS_ONCE, Fate.FAILS_TWICE).forEach(fates -> checkBatch(channel, fates));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void losesNoMessageOfABatchOfAnyMixture(String channel, int size) {
        mixtures(Math.min(size, 3)).forEach(fates -> checkBatch(channel, fates));
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

    private static void check(Simulator source, String channel, List<Fate> fates) {
        prepare(fates);

        List<Integer> dead = source.run(channel, bodies(fates));

        assertThat(dead).as("%s %s %s", source, channel, fates).isEqualTo(places(fates, Fate.ALWAYS_FAILS::equals));
        assertOutcome(fates, fate -> !fate.isPoison() && fate != Fate.ALWAYS_FAILS);
        for (int group = 0; group < fates.size(); group++) {
            int own = group;
            assertThat(TestFunctions.COUNTED.stream().map(Integer::valueOf).filter(i -> source.group(i) == own))
                    .as("%s %s %s", source, channel, fates)
                    .isSorted();
        }
    }

    /** A batch with a message that always fails becomes one dead letter of the service, with all its messages. */
    private static void checkBatch(String channel, List<Fate> fates) {
        prepare(fates);

        boolean dead = Simulator.batchIsDead(channel, bodies(fates));

        assertThat(dead).as("%s %s", channel, fates).isEqualTo(fates.contains(Fate.ALWAYS_FAILS));
        if (dead) {
            assertThat(TestFunctions.COUNTED).doesNotHaveDuplicates();
            assertParked(fates);
        } else {
            assertOutcome(fates, fate -> !fate.isPoison());
        }
    }

    private static void prepare(List<Fate> fates) {
        TestFunctions.reset();
        IntStream.range(0, fates.size()).forEach(i -> TestFunctions.FAILURES.put("" + i, fates.get(i).failures));
    }

    private static void assertOutcome(List<Fate> fates, Predicate<Fate> isCounted) {
        assertThat(TestFunctions.COUNTED.stream().map(Integer::valueOf))
                .as("%s", fates)
                .containsExactlyInAnyOrderElementsOf(places(fates, isCounted));
        assertParked(fates);
    }

    private static void assertParked(List<Fate> fates) {
        List<String> bodies = bodies(fates);
        assertThat(TestFunctions.parked())
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

    /** Unreadable messages are valid JSON, so that a batch of them is valid JSON too. */
    private static List<String> bodies(List<Fate> fates) {
        return IntStream.range(0, fates.size())
                .mapToObj(i -> switch (fates.get(i)) {
                    case UNREADABLE -> "\"nonsense " + i + "\"";
                    case REFUSED -> Samples.event("" + i, "refused").toString();
                    default -> Samples.event("" + i, "acme").toString();
                })
                .toList();
    }
}

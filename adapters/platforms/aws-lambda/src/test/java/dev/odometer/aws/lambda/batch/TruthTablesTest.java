package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.Lab.WORLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.deadletter.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every source, with every set of its messages failing: what comes in is counted once or parked once, and in order where
 * the source promises one.
 */
class TruthTablesTest {

    /** What becomes of a message when it is delivered. */
    enum Fate {
        FINE(0),
        UNREADABLE(-1),
        REFUSED(-1),
        LATE(1),
        VERY_LATE(2);

        /** Or -1 for always. */
        private final int failures;

        Fate(int failures) {
            this.failures = failures;
        }

        boolean isPoison() {
            return failures < 0;
        }
    }

    private static final List<String> FINE = events("acme");
    private static final List<String> REFUSED = events("refused");

    private static List<String> events(String subject) {
        return IntStream.range(0, 10)
                .mapToObj(i -> Sent.event(String.valueOf(i), subject))
                .toList();
    }

    static Stream<Arguments> sources() {
        return sources(0, 1, 3, 10);
    }

    static Stream<Arguments> smallSources() {
        return sources(1, 2, 3);
    }

    /** One by one, in batches and, where all sources are the same, without reports. */
    private static Stream<Arguments> sources(Integer... sizes) {
        return Stream.of(Simulator.values())
                .flatMap(source -> Stream.of("batch", "item", "whole")
                        .filter(channel -> source == Simulator.SQS || !channel.equals("whole"))
                        .flatMap(channel -> Stream.of(sizes).map(size -> Arguments.of(source, channel, size))));
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
    @MethodSource("smallSources")
    void doBothAtOnce(Simulator source, String channel, int size) {
        mixtures(size).forEach(fates -> check(source, channel, fates));
    }

    @ParameterizedTest
    @MethodSource("smallSources")
    void parkOnceWhatCouldNotBeParkedAtFirst(Simulator source, String channel, int size) {
        mixtures(size).forEach(fates -> {
            WORLD.forget();
            WORLD.deadLetterFailures = 1;
            checkNow(source, channel, fates);
        });
    }

    /** All 2^n sets of failing places, where even and odd ones fail in different ways. */
    private static Stream<List<Fate>> sets(int size, Fate even, Fate odd) {
        return IntStream.range(0, 1 << size)
                .mapToObj(set -> IntStream.range(0, size)
                        .mapToObj(i -> (set >> i & 1) == 0 ? Fate.FINE : i % 2 == 0 ? even : odd)
                        .toList());
    }

    /** All 5^n. */
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
        WORLD.forget();
        checkNow(source, channel, fates);
    }

    private static void checkNow(Simulator source, String channel, List<Fate> fates) {
        var counted = new ArrayList<String>();
        var parked = new ArrayList<String>();
        for (int i = 0; i < fates.size(); i++) {
            Fate fate = fates.get(i);
            (fate.isPoison() ? parked : counted).add(String.valueOf(i));
            WORLD.failures.put(String.valueOf(i), Math.max(0, fate.failures));
        }

        source.run(channel, bodies(fates));

        assertThat(WORLD.counted).as("%s %s %s", source, channel, fates).containsExactlyInAnyOrderElementsOf(counted);
        assertThat(WORLD.parked)
                .as("%s %s %s", source, channel, fates)
                .extracting(TruthTablesTest::place)
                .containsExactlyInAnyOrderElementsOf(parked);
        assertInOrder(source, fates.size());
    }

    private static List<String> bodies(List<Fate> fates) {
        return IntStream.range(0, fates.size())
                .mapToObj(i -> switch (fates.get(i)) {
                    case UNREADABLE -> "";
                    case REFUSED -> REFUSED.get(i);
                    default -> FINE.get(i);
                })
                .toList();
    }

    /** {@code m7} or, of Kafka, {@code topic-1@7}. */
    private static String place(DeadLetter item) {
        return item.id().replaceFirst("^(m|.*@)", "");
    }

    private static void assertInOrder(Simulator source, int size) {
        for (int group = 0; group < size; group++) {
            int own = group;
            List<Integer> places = WORLD.counted.stream()
                    .map(Integer::valueOf)
                    .filter(i -> source.group(i) == own)
                    .toList();
            assertThat(places).isSorted();
        }
    }
}

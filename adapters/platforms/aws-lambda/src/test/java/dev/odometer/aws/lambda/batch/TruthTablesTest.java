package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.SampleHandler.STATE;
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
 * Simulates every source with every set of failing messages. Each message is counted once or stored once as a dead
 * letter, and in order if the source is ordered.
 */
class TruthTablesTest {

    /** How the processing of a message behaves. */
    enum Behavior {
        FINE(0),
        UNREADABLE(-1),
        REFUSED(-1),
        LATE(1),
        VERY_LATE(2);

        /** The number of failures; -1 for always. */
        private final int failures;

        Behavior(int failures) {
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
                .mapToObj(i -> Samples.event(String.valueOf(i), subject))
                .toList();
    }

    static Stream<Arguments> sources() {
        return sources(0, 1, 3, 10);
    }

    static Stream<Arguments> smallSources() {
        return sources(1, 2, 3);
    }

    /** With item bindings, batch bindings and, for sources where it makes a difference, without item reports. */
    private static Stream<Arguments> sources(Integer... sizes) {
        return Stream.of(Simulator.values())
                .flatMap(source -> Stream.of("batch", "item", "whole")
                        .filter(channel -> source == Simulator.SQS || !channel.equals("whole"))
                        .flatMap(channel -> Stream.of(sizes).map(size -> Arguments.of(source, channel, size))));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void storeEachPoisonOnceAndCountTheRest(Simulator source, String channel, int size) {
        sets(size, Behavior.UNREADABLE, Behavior.REFUSED).forEach(behaviors -> check(source, channel, behaviors));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void countTemporaryFailuresOnce(Simulator source, String channel, int size) {
        sets(size, Behavior.LATE, Behavior.VERY_LATE).forEach(behaviors -> check(source, channel, behaviors));
    }

    @ParameterizedTest
    @MethodSource("smallSources")
    void handlePoisonAndTemporaryFailuresTogether(Simulator source, String channel, int size) {
        mixtures(size).forEach(behaviors -> check(source, channel, behaviors));
    }

    @ParameterizedTest
    @MethodSource("smallSources")
    void storePoisonOnceAfterStoringFailed(Simulator source, String channel, int size) {
        mixtures(size).forEach(behaviors -> {
            STATE.clear();
            STATE.deadLetterFailures = 1;
            checkNow(source, channel, behaviors);
        });
    }

    /** All 2^n sets of failing positions; even and odd positions fail differently. */
    private static Stream<List<Behavior>> sets(int size, Behavior even, Behavior odd) {
        return IntStream.range(0, 1 << size)
                .mapToObj(set -> IntStream.range(0, size)
                        .mapToObj(i -> (set >> i & 1) == 0 ? Behavior.FINE : i % 2 == 0 ? even : odd)
                        .toList());
    }

    /** All 5^n combinations. */
    private static Stream<List<Behavior>> mixtures(int size) {
        Behavior[] behaviors = Behavior.values();
        int all = IntStream.range(0, size).reduce(1, (product, i) -> product * behaviors.length);
        return IntStream.range(0, all)
                .mapToObj(n -> Stream.iterate(n, rest -> rest / behaviors.length)
                        .limit(size)
                        .map(rest -> behaviors[rest % behaviors.length])
                        .toList());
    }

    private static void check(Simulator source, String channel, List<Behavior> behaviors) {
        STATE.clear();
        checkNow(source, channel, behaviors);
    }

    private static void checkNow(Simulator source, String channel, List<Behavior> behaviors) {
        var counted = new ArrayList<String>();
        var deadLetters = new ArrayList<String>();
        for (int i = 0; i < behaviors.size(); i++) {
            Behavior fate = behaviors.get(i);
            (fate.isPoison() ? deadLetters : counted).add(String.valueOf(i));
            STATE.failures.put(String.valueOf(i), Math.max(0, fate.failures));
        }

        source.run(channel, bodies(behaviors));

        assertThat(STATE.counted)
                .as("%s %s %s", source, channel, behaviors)
                .containsExactlyInAnyOrderElementsOf(counted);
        assertThat(STATE.deadLetters)
                .as("%s %s %s", source, channel, behaviors)
                .extracting(TruthTablesTest::place)
                .containsExactlyInAnyOrderElementsOf(deadLetters);
        assertInOrder(source, behaviors.size());
    }

    private static List<String> bodies(List<Behavior> behaviors) {
        return IntStream.range(0, behaviors.size())
                .mapToObj(i -> switch (behaviors.get(i)) {
                    case UNREADABLE -> "";
                    case REFUSED -> REFUSED.get(i);
                    default -> FINE.get(i);
                })
                .toList();
    }

    /** The position of a dead letter, from its id {@code m7} or, for Kafka, {@code topic-1@7}. */
    private static String place(DeadLetter item) {
        return item.id().replaceFirst("^(m|.*@)", "");
    }

    private static void assertInOrder(Simulator source, int size) {
        for (int group = 0; group < size; group++) {
            int own = group;
            List<Integer> places = STATE.counted.stream()
                    .map(Integer::valueOf)
                    .filter(i -> source.group(i) == own)
                    .toList();
            assertThat(places).isSorted();
        }
    }
}

package dev.odometer.functions.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.schedule.TickLog.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link TickLog}; one subclass per store. */
public abstract class TickLogContract {

    private static final Instant TWO = Instant.parse("2026-11-01T02:00:00Z");
    private static final Instant THREE = Instant.parse("2026-11-01T03:00:00Z");
    private static final int NODES = 8;

    private final AtomicInteger effects = new AtomicInteger();
    private TickLog log;

    protected abstract TickLog empty();

    /** Sets the clock of the log; null restores the current time. */
    protected abstract void setClock(@Nullable Instant now);

    @BeforeEach
    void startEmpty() {
        setClock(null);
        log = empty();
    }

    private boolean work() {
        effects.incrementAndGet();
        return true;
    }

    private Result take(String schedule, Instant due) {
        return log.runOnce(new Tick(schedule, due), this::work);
    }

    @Test
    void processesADuplicateTickOnce() {
        assertThat(take("nightly", TWO)).isEqualTo(Result.DONE);
        assertThat(take("nightly", TWO)).isEqualTo(Result.ALREADY_DONE);
        assertThat(effects).hasValue(1);
    }

    @Test
    void processesEachTick() {
        assertThat(take("nightly", TWO)).isEqualTo(Result.DONE);
        assertThat(take("nightly", THREE)).isEqualTo(Result.DONE);
        assertThat(take("hourly", TWO)).isEqualTo(Result.DONE);
    }

    @Test
    void treatsATickOlderThanTheLatestAsCompleted() {
        take("nightly", THREE);

        assertThat(take("nightly", TWO)).isEqualTo(Result.ALREADY_DONE);
        assertThat(log.lastDone("nightly")).contains(THREE);
        assertThat(effects).hasValue(1);
    }

    @Test
    void repeatsATickThatWasNotCompleted() {
        assertThat(log.runOnce(new Tick("nightly", TWO), () -> false)).isEqualTo(Result.NOT_DONE);
        assertThat(log.lastDone("nightly")).isEmpty();
        assertThat(take("nightly", TWO)).isEqualTo(Result.DONE);
    }

    @Test
    void repeatsATickWhoseWorkThrew() {
        assertThatThrownBy(() -> log.runOnce(new Tick("nightly", TWO), () -> {
                    throw new IllegalStateException("half");
                }))
                .hasMessage("half");

        assertThat(take("nightly", TWO)).isEqualTo(Result.DONE);
    }

    @Test
    void processesOneTickOfAScheduleAtATime() {
        var others = new ArrayList<Result>();

        log.runOnce(new Tick("nightly", TWO), () -> others.addAll(elsewhere()));

        assertThat(others).containsExactly(Result.IN_PROGRESS, Result.IN_PROGRESS, Result.DONE);
        assertThat(take("nightly", TWO)).isEqualTo(Result.ALREADY_DONE);
    }

    /** Takes the same tick, a later one, and one of another schedule on another thread. */
    private List<Result> elsewhere() {
        return CompletableFuture.supplyAsync(
                        () -> List.of(take("nightly", TWO), take("nightly", THREE), take("hourly", TWO)))
                .join();
    }

    @Test
    void processesATickOnceAcrossConcurrentNodes() throws Exception {
        List<Result> turns = Collections.synchronizedList(new ArrayList<>());
        var start = new CyclicBarrier(NODES);
        ExecutorService nodes = Executors.newFixedThreadPool(NODES);
        Stream.generate(() -> CompletableFuture.runAsync(
                        () -> {
                            await(start);
                            turns.add(take("nightly", TWO));
                        },
                        nodes))
                .limit(NODES)
                .toList()
                .forEach(CompletableFuture::join);
        nodes.shutdown();

        assertThat(effects).hasValue(1);
        assertThat(turns).hasSize(NODES).containsOnlyOnce(Result.DONE).doesNotContain(Result.NOT_DONE);
    }

    private static void await(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void refusesATickAheadOfTheClock() {
        setClock(TWO);

        assertThat(take("nightly", TWO.plus(TickLog.MAX_CLOCK_SKEW).plusMillis(1)))
                .isEqualTo(Result.NOT_DUE);
        assertThat(log.lastDone("nightly")).isEmpty();
        assertThat(effects).hasValue(0);
        assertThat(take("nightly", TWO.plus(TickLog.MAX_CLOCK_SKEW))).isEqualTo(Result.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2036-11-01T02:00:00Z", "2026-11-01T02:01:01Z"})
    void replacesATickThatWasRecordedWhileTheClockWasAhead(Instant ahead) {
        setClock(ahead);
        assertThat(take("nightly", ahead)).isEqualTo(Result.DONE);
        setClock(TWO);

        assertThat(take("nightly", TWO)).isEqualTo(Result.DONE);
        assertThat(log.lastDone("nightly")).contains(TWO);
        assertThat(take("nightly", TWO)).isEqualTo(Result.ALREADY_DONE);
        assertThat(effects).hasValue(2);
    }

    @Test
    void keepsATickWithinTheTolerance() {
        setClock(TWO.plusSeconds(60));
        take("nightly", TWO.plusSeconds(60));
        setClock(TWO);

        assertThat(take("nightly", TWO)).isEqualTo(Result.ALREADY_DONE);
    }

    @Test
    void resumesAfterTheClockWasBehind() {
        setClock(Instant.EPOCH);
        assertThat(take("nightly", TWO)).isEqualTo(Result.NOT_DUE);
        assertThat(take("nightly", Instant.EPOCH)).isEqualTo(Result.DONE);
        setClock(TWO);

        assertThat(take("nightly", TWO)).isEqualTo(Result.DONE);
    }

    @Test
    void returnsItsClock() {
        setClock(TWO);
        assertThat(log.now()).isEqualTo(TWO);
        setClock(null);
        Instant before = Instant.now();
        assertThat(log.now()).isBetween(before.minusSeconds(10), Instant.now().plusSeconds(10));
    }

    @Test
    void returnsTheLatestCompletedTick() {
        assertThat(log.lastDone("nightly")).isEmpty();

        take("nightly", TWO);

        assertThat(log.lastDone("nightly")).contains(TWO);
        assertThat(log.lastDone("hourly")).isEmpty();
        assertThat(log.lastDone("\0")).isEmpty();
    }
}

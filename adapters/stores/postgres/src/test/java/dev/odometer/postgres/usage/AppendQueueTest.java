package dev.odometer.postgres.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that stalls or fails, and callers that wait for it. */
class AppendQueueTest {

    private static final int CALLERS = 20;

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    private static List<UsageEvent> event(String id) {
        return List.of(new UsageEvent("1.0", id, "queue", "call", "acme", Instant.EPOCH, null, null, null));
    }

    private static BitSet all(List<UsageEvent> events) {
        var isNew = new BitSet();
        isNew.set(0, events.size());
        return isNew;
    }

    private CompletableFuture<List<Receipt>> append(AppendQueue queue, String id) {
        return CompletableFuture.supplyAsync(() -> queue.append(event(id)), callers);
    }

    @Test
    void refusesACallThatWaitsTooLongAndNeverWritesIt() throws Exception {
        var stalled = new CountDownLatch(1);
        var blocked = new CountDownLatch(2);
        List<String> written = Collections.synchronizedList(new ArrayList<>());
        var queue = new AppendQueue(
                events -> {
                    blocked.countDown();
                    await(stalled);
                    events.forEach(event -> written.add(event.id()));
                    return all(events);
                },
                Duration.ofMillis(50));
        CompletableFuture<?> first = append(queue, "1");
        CompletableFuture<?> second = append(queue, "2");
        assertThat(blocked.await(2, TimeUnit.MINUTES)).isTrue();

        assertThatThrownBy(() -> queue.append(event("3")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("too slow");
        stalled.countDown();
        CompletableFuture.allOf(first, second).get(2, TimeUnit.MINUTES);
        queue.append(event("4"));

        assertThat(written).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void doesNotWaitAfterAnInterrupt() throws Exception {
        var stalled = new CountDownLatch(1);
        var blocked = new CountDownLatch(2);
        var queue = new AppendQueue(events -> {
            blocked.countDown();
            await(stalled);
            return all(events);
        });
        CompletableFuture<?> first = append(queue, "1");
        CompletableFuture<?> second = append(queue, "2");
        assertThat(blocked.await(2, TimeUnit.MINUTES)).isTrue();
        var waiting = new AtomicReference<@Nullable Throwable>();
        var caller = new Thread(() -> {
            try {
                queue.append(event("3"));
            } catch (Refusal refusal) {
                waiting.set(refusal);
            }
        });
        caller.start();

        caller.interrupt();
        caller.join(10_000);

        assertThat(waiting.get()).isInstanceOf(Refusal.class);
        stalled.countDown();
        CompletableFuture.allOf(first, second).get(2, TimeUnit.MINUTES);
    }

    /** One timeout for all calls that share a transaction, not one timeout per call. */
    @Test
    void refusesAllCallsOfATransactionWhileTheDatabaseIsUnavailable() throws Exception {
        var first = new CountDownLatch(1);
        var blocked = new CountDownLatch(2);
        var attempts = new AtomicInteger();
        var queue = new AppendQueue(events -> {
            attempts.incrementAndGet();
            blocked.countDown();
            await(first);
            throw Refusal.unavailable("the database is unavailable", new IllegalStateException());
        });
        var calls = new ArrayList<CompletableFuture<List<Receipt>>>();
        calls.add(append(queue, "1"));
        calls.add(append(queue, "2"));
        assertThat(blocked.await(2, TimeUnit.MINUTES)).isTrue();
        for (int i = 3; i <= CALLERS; i++) {
            calls.add(append(queue, String.valueOf(i)));
        }
        while (queue.waiting() < CALLERS - 2) {
            Thread.onSpinWait();
        }
        first.countDown();

        for (CompletableFuture<List<Receipt>> call : calls) {
            assertThatThrownBy(() -> call.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(Refusal.class);
        }
        assertThat(attempts.get()).isLessThanOrEqualTo(4);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("timed out");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

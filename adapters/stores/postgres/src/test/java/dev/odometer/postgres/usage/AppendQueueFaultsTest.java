package dev.odometer.postgres.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Concurrent callers share transactions that fail before or after their commit. The faults follow from a seed, the
 * interleaving from the machine.
 */
class AppendQueueFaultsTest {

    private static final int CALLERS = 8;
    private static final int CALLS = 150;
    private static final String POISON = "poison";

    /** A table of events whose transactions are atomic. */
    private static final class Table {

        private final Random random;
        private final Set<String> rows = new HashSet<>();
        private int shared;

        Table(long seed) {
            random = new Random(seed);
        }

        BitSet write(List<UsageEvent> events) {
            pause();
            synchronized (this) {
                shared += events.size() > 1 ? 1 : 0;
                int dice = random.nextInt(100);
                if (dice < 10) {
                    throw unavailable();
                }
                if (events.stream().anyMatch(event -> event.id().startsWith(POISON))) {
                    throw new IllegalStateException("an event that the database rejects");
                }
                var isNew = new BitSet();
                for (int i = 0; i < events.size(); i++) {
                    isNew.set(i, rows.add(events.get(i).id()));
                }
                if (dice < 20) {
                    throw unavailable();
                }
                return isNew;
            }
        }

        private void pause() {
            try {
                TimeUnit.MICROSECONDS.sleep(200);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }

        private static Refusal unavailable() {
            return Refusal.unavailable("the database is unavailable", new IllegalStateException());
        }
    }

    private static UsageEvent event(String id) {
        return new UsageEvent("1.0", id, "queue", "call", "acme", Instant.EPOCH, null, null, null);
    }

    /** Appends until it is acknowledged. Every tenth call has an event that the database rejects. */
    private static Callable<Map<String, Receipt>> caller(AppendQueue queue, int caller) {
        return () -> {
            var acknowledged = new HashMap<String, Receipt>();
            for (int call = 0; call < CALLS; call++) {
                String id = (call % 10 == 9 ? POISON : "e") + caller + "-" + call;
                try {
                    acknowledged.put(id, queue.append(List.of(event(id))).get(0));
                } catch (Refusal unavailable) {
                    call--;
                } catch (IllegalStateException rejected) {
                    assertThat(id).startsWith(POISON);
                }
            }
            return acknowledged;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anAcknowledgedEventIsWrittenOnceAndARejectedOneHarmsNoOther(long seed) throws Exception {
        var table = new Table(seed);
        var queue = new AppendQueue(table::write);
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        List<Future<Map<String, Receipt>>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            callers.add(threads.submit(caller(queue, caller)));
        }

        var acknowledged = new HashSet<String>();
        for (Future<Map<String, Receipt>> caller : callers) {
            acknowledged.addAll(caller.get(60, TimeUnit.SECONDS).keySet());
        }
        threads.shutdown();

        assertThat(table.shared).as("shared transactions").isPositive();
        assertThat(acknowledged).hasSize(CALLERS * CALLS * 9 / 10);
        assertThat(table.rows).isEqualTo(acknowledged);
    }
}

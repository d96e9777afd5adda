package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches that are in flight during an outage, a rebalance or a shutdown. */
abstract class DeliveryContract {

    private final Platform platform;

    DeliveryContract(Platform platform) {
        this.platform = platform;
    }

    @AfterEach
    void resetHook() {
        TestFunctions.before = events -> {};
    }

    @Test
    void redeliversInOrderForMoreThanTenAttempts() {
        int failures = 14;
        var attempts = new AtomicInteger();
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        TestFunctions.before = events -> {
            if (attempts.incrementAndGet() <= failures) {
                throw Refusal.unavailable("temporarily unavailable", new IllegalStateException());
            }
            events.stream().map(UsageEvent::id).forEach(handled::add);
        };
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.plain(0, 10, 1));
            bench.send(bench.events.poison(10));
            bench.send(bench.events.plain(11, 20, 1));

            bench.gatedWorker("--odometer.kafka.properties.max.poll.records=7");
            bench.awaitDone();

            assertThat(handled)
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .filter(n -> n != 10)
                            .mapToObj(n -> "e" + n)
                            .toList());
            assertThat(bench.broker.read(bench.deadLetterTopic())).hasSize(1);
        }
    }

    @Test
    void redeliversFilesUntilTheyAreImported() {
        try (var bench = new Workbench(platform, 1)) {
            for (String file : List.of("/a.csv", "/b.csv.gz")) {
                String arrival = "{\"container\":\"inbox\",\"key\":\"" + bench.topic() + file + "\"}";
                bench.send(new ProducerRecord<>(bench.topic(), arrival.getBytes(StandardCharsets.UTF_8)));
            }
            bench.send(new ProducerRecord<>(bench.topic(), "{\"container\":\"\"}".getBytes(StandardCharsets.UTF_8)));

            bench.fileWorker("--odometer.kafka.properties.max.poll.interval.ms=60000");
            bench.awaitDone();

            assertThat(TestFunctions.LONG_WORK)
                    .containsEntry(bench.topic() + "/a.csv", TestFunctions.CALLS_PER_FILE)
                    .containsEntry(bench.topic() + "/b.csv.gz", TestFunctions.CALLS_PER_FILE);
            assertThat(bench.broker.read(bench.deadLetterTopic())).hasSize(1);
        }
    }

    @Test
    void redeliversAfterAnExceptionThatSpringKafkaTreatsAsFatal() {
        var attempts = new AtomicInteger();
        TestFunctions.before = events -> {
            if (attempts.incrementAndGet() <= 3) {
                throw new ClassCastException("fatal in spring-kafka");
            }
        };
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.plain(0, 3, 1));

            bench.gatedWorker();
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("3");
        }
    }

    @Test
    void countsOnceDuringARebalanceWithABatchInFlight() throws Exception {
        var entered = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        TestFunctions.before = events -> {
            entered.countDown();
            await(gate);
        };
        try (var bench = new Workbench(platform, 4)) {
            bench.send(bench.events.plain(0, 400, 4));
            bench.send(bench.events.poison(1), bench.events.poison(2));
            bench.gatedWorker("--odometer.kafka.properties.max.poll.records=50");
            await(entered);

            bench.gatedWorker("--odometer.kafka.properties.max.poll.records=50");
            gate.countDown();
            Wait.until(() -> bench.broker.assignedMembers(bench.group()) == 2, () -> "one worker has all partitions");
            bench.send(bench.events.plain(300, 800, 4));
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("800");
            assertThat(bench.broker.read(bench.deadLetterTopic())).hasSize(2);
        }
    }

    @Test
    void reassignsPartitionsWhenABatchExceedsTheMaxPollInterval() {
        var first = new AtomicInteger();
        TestFunctions.before = events -> {
            if (first.getAndIncrement() == 0) {
                Wait.pause(5000);
            }
        };
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.plain(0, 10, 1));
            bench.send(bench.events.poison(1));
            String[] shortInterval = {"--odometer.kafka.properties.max.poll.interval.ms=2000"};
            bench.gatedWorker(shortInterval);
            Wait.until(() -> first.get() > 0, () -> "no batch yet");

            bench.gatedWorker(shortInterval);
            bench.awaitDone();
            Wait.pause(4000);

            assertThat(bench.calls()).isEqualByComparingTo("10");
            assertThat(bench.broker.read(bench.deadLetterTopic())).hasSize(1);
        }
    }

    @Test
    void finishesTheInFlightBatchAndLeavesTheGroupOnShutdown() throws Exception {
        var entered = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        TestFunctions.before = events -> {
            entered.countDown();
            await(gate);
        };
        ExecutorService stopper = Executors.newSingleThreadExecutor();
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.plain(0, 20, 1));
            var worker = bench.gatedWorker("--odometer.kafka.instance-id=static");
            await(entered);

            Future<?> stopped = stopper.submit(worker::close);
            Wait.pause(300);
            gate.countDown();
            stopped.get(2, TimeUnit.MINUTES);

            assertThat(bench.broker.lag(bench.group(), bench.topic())).isZero();
            assertThat(bench.calls()).isEqualByComparingTo("20");
            assertThat(bench.broker.members(bench.group())).isZero();
        } finally {
            stopper.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(2, TimeUnit.MINUTES)) {
                throw new AssertionError("timed out");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

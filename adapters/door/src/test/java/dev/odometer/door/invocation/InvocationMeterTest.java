package dev.odometer.door.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.door.invocation.InvocationMeter.Invocation;
import dev.odometer.functions.invocation.InvocationTotals;
import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InvocationMeterTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /** Every append that was attempted. */
    private final List<List<InvocationTotals>> appended = new ArrayList<>();

    /** The stored totals, each id once. */
    private final Map<String, InvocationTotals> stored = new LinkedHashMap<>();

    private final InvocationMeter meter = meter(Duration.ofMinutes(1), 5);
    private Instant now = START;
    private boolean away;

    private InvocationMeter meter(Duration interval, int maximum) {
        InstantSource clock = () -> now;
        return new InvocationMeter(this::append, clock.withZone(ZoneOffset.UTC), interval, maximum);
    }

    private void append(List<InvocationTotals> totals) {
        appended.add(totals);
        if (away) {
            throw new IllegalStateException("away");
        }
        totals.forEach(each -> stored.putIfAbsent(each.id(), each));
    }

    private static Invocation query(String took) {
        return new Invocation("queryUsage", Trigger.HTTP, 0, 10, 200, Duration.parse(took));
    }

    private void invoke(int times) {
        for (int i = 0; i < times; i++) {
            meter.finished(query("PT0.02S"));
        }
    }

    private long storedInvocations() {
        return stored.values().stream().mapToLong(InvocationTotals::invocations).sum();
    }

    @Test
    void storesTheFirstInvocationAndThenOncePerInterval() {
        invoke(3);
        assertThat(storedInvocations()).isEqualTo(1);

        now = START.plusSeconds(60);
        invoke(2);

        assertThat(appended).hasSize(2);
        assertThat(storedInvocations()).isEqualTo(4);
    }

    @Test
    void storesAtTheLatestAfterTheMaximum() {
        invoke(6);

        assertThat(appended).hasSize(2);
        assertThat(storedInvocations()).isEqualTo(6);
    }

    @Test
    void storesEachInvocationBeforeItReturnsWithoutAnInterval() {
        InvocationMeter exact = meter(Duration.ZERO, 5);
        for (int i = 1; i <= 3; i++) {
            exact.finished(query("PT0.02S"));

            assertThat(storedInvocations()).isEqualTo(i);
        }
    }

    @Test
    void roundsEachDurationUp() {
        meter.finished(query("PT0.0200001S"));
        meter.finished(query("PT0S"));
        meter.finished(query("PT0.1S"));
        meter.stop();

        assertThat(stored.values())
                .extracting(InvocationTotals::milliseconds, InvocationTotals::milliseconds100)
                .containsExactly(tuple(21L, 100L), tuple(101L, 200L));
    }

    @Test
    void addsUpByFunctionAndTrigger() {
        invoke(1);
        invoke(2);
        meter.finished(new Invocation("recordUsage", Trigger.MESSAGES, 100, 5000, 0, Duration.ofMillis(30)));
        meter.stop();

        assertThat(appended.get(1))
                .extracting(
                        InvocationTotals::function,
                        InvocationTotals::invocations,
                        InvocationTotals::events,
                        InvocationTotals::bytesIn,
                        InvocationTotals::bytesOut)
                .containsExactly(tuple("queryUsage", 2L, 0L, 20L, 400L), tuple("recordUsage", 1L, 100L, 5000L, 0L));
    }

    @Test
    void keepsTheTimeOfInvocationsBeforeAPause() {
        invoke(2);
        now = START.plus(Duration.ofHours(2));
        invoke(1);

        assertThat(stored.values())
                .extracting(InvocationTotals::from)
                .containsExactly(START, START, START.plus(Duration.ofHours(2)));
    }

    @Test
    void repeatsAFailedWriteWithTheSameIds() {
        away = true;
        invoke(20);
        assertThat(appended).as("one attempt per interval").hasSize(1);

        now = START.plusSeconds(60);
        invoke(1);
        away = false;
        now = START.plusSeconds(120);
        invoke(1);
        meter.stop();

        assertThat(appended.subList(1, 3)).containsOnly(appended.get(0));
        assertThat(storedInvocations()).isEqualTo(22);
    }

    @Test
    void storesTheRestWhenItStopsAndEachLaterInvocationAtOnce() {
        invoke(3);
        meter.stop();
        assertThat(storedInvocations()).isEqualTo(3);

        invoke(1);

        assertThat(storedInvocations()).isEqualTo(4);
    }

    @Test
    void countsEveryInvocationOfConcurrentThreads() {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(CompletableFuture.runAsync(() -> invoke(1000)));
        }
        threads.forEach(CompletableFuture::join);
        meter.stop();

        assertThat(storedInvocations()).isEqualTo(8000);
    }

    @Test
    void storesNothingWhenItIsOff() {
        InvocationMeter.OFF.finished(query("PT1S"));
        InvocationMeter.OFF.stop();

        assertThat(appended).isEmpty();
    }
}

package dev.odometer.event.functions.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApplyRetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-30T03:30:00Z");

    private final InMemoryDeadLetterStore deadLetters = new InMemoryDeadLetterStore();
    private final ApplyRetention tenDays =
            new ApplyRetention(List.of(new ApplyRetention.Rule(Duration.ofDays(10), deadLetters::removeOlderThan)));

    private void store(int count, String time) {
        deadLetters.store(IntStream.range(0, count)
                .mapToObj(i ->
                        new DeadLetter("usage", time, "" + i, "bad", null, Map.of(), new byte[0], Instant.parse(time)))
                .toList());
    }

    private static Timed<Tick> tick(Deadline deadline) {
        return new Timed<>(new Tick("applyRetention", NOW), deadline);
    }

    @Test
    void deletesAllExpiredRecordsInBatches() {
        store(2500, "2026-11-20T03:29:59Z");
        store(1, "2026-11-20T03:30:00Z");

        tenDays.accept(tick(Deadline.NONE));

        assertThat(deadLetters.list("usage", 0, 5000)).hasSize(1);
    }

    @Test
    void stopsBeforeTheDeadline() {
        store(2500, "2026-11-01T00:00:00Z");
        long[] seconds = {0};
        Deadline twoBatches = Deadline.in(
                Duration.ofSeconds(4), () -> Duration.ofSeconds(seconds[0]++).toNanos());

        assertThatThrownBy(() -> tenDays.accept(tick(twoBatches))).isInstanceOf(Refusal.class);

        assertThat(deadLetters.list("usage", 0, 5000)).hasSize(500);
    }

    @Test
    void deletesNothingWithoutARule() {
        store(1, "2001-01-01T00:00:00Z");

        new ApplyRetention(List.of()).accept(tick(Deadline.NONE));

        assertThat(deadLetters.list("usage", 0, 10)).hasSize(1);
    }
}

package dev.odometer.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the meters are read. */
class MeterFeedTest {

    private final AtomicInteger reads = new AtomicInteger();
    private final MeterFeed feed = new MeterFeed(() -> {
        reads.incrementAndGet();
        return type -> List.of();
    });

    @Test
    void readsTheMetersOnceForTheRecordsOfAPoll() {
        feed.polled();
        feed.meters();
        feed.meters();

        assertThat(reads).hasValue(1);
    }

    @Test
    void readsTheMetersAgainAfterTheNextPoll() {
        feed.meters();
        feed.polled();
        feed.meters();

        assertThat(reads).hasValue(2);
    }

    @Test
    void waitsWhileTheMetersCannotBeRead() {
        var waiting = new MeterFeed(() -> {
            if (reads.incrementAndGet() == 1) {
                throw new IllegalStateException("no database");
            }
            return type -> List.of();
        });

        assertThat(waiting.meters().of("call")).isEmpty();
        assertThat(reads).hasValue(2);
    }

    @Test
    void endsTheWaitingWhenItIsClosed() {
        var closed = new MeterFeed(() -> {
            throw new IllegalStateException("no database");
        });
        closed.close();

        assertThatThrownBy(closed::meters).hasMessage("no database");
    }
}

package dev.odometer.door.batch;

import static dev.odometer.door.batch.ReportMode.FAILED_ITEMS;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.odometer.door.Doors;
import dev.odometer.door.invocation.InvocationMeter;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DeadLetterLogTest {

    private static final DeliverySource SOURCE = new DeliverySource("item", "queue");

    private final Logger logger = (Logger) LoggerFactory.getLogger(DeadLetterWriter.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void capture() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.WARN);
    }

    @AfterEach
    void release() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private static Delivery<String> message(String body) {
        var item = Item.json("m", null, body.getBytes(StandardCharsets.UTF_8));
        return new Delivery<>(body, null, List.of(DeliveredItem.of(SOURCE, item)));
    }

    private static void process(DeadLetters store, List<Delivery<String>> messages) {
        var processor =
                new BatchProcessor(Doors.BATCH, new DeadLetterWriter(store, Clock.systemUTC()), InvocationMeter.OFF);
        processor.process(messages, FAILED_ITEMS, Deadline.NONE);
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void saysWhyOnOneLineWithoutTheMessage() {
        String secret = "{\"specversion\":\"1.0\",\"note\":\"private\"}";

        process(stored -> {}, List.of(message(secret), message(secret), message("{}")));

        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("item: 3 items of queue became dead letters: ")
                .contains(": id is required (2 times); specversion must be 1.0: null")
                .doesNotContain("private", "\n");
    }

    @Test
    void logsWhatWasStoredBeforeAFailure() {
        var calls = new AtomicInteger();
        DeadLetters store = stored -> {
            if (calls.incrementAndGet() > 1) {
                throw new IllegalStateException("the store is full");
            }
        };

        process(store, Stream.generate(() -> message("{}")).limit(11).toList());

        assertThat(warnings()).singleElement().asString().startsWith("item: 10 items of queue became dead letters: ");
    }
}

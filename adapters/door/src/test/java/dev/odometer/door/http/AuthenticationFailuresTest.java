package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuthenticationFailuresTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AuthenticationFailures failures = new AuthenticationFailures(nanos::get);
    private final Logger logger = (Logger) LoggerFactory.getLogger(AuthenticationFailures.class);
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

    @Test
    void logsTheNumberAndTheLatestRequest() {
        failures.add("GET", "/a");
        for (int i = 0; i < 1000; i++) {
            failures.add("GET", "/b");
        }
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        failures.add("POST", "/c");

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "1 requests without a valid API key since the previous line of this kind; the latest: GET /a",
                        "1001 requests without a valid API key since the previous line of this kind;"
                                + " the latest: POST /c");
    }

    @Test
    void cannotBeForged() {
        failures.add("GET", "/a\nWARN forged\u001b[31m" + "x".repeat(5000));

        assertThat(lines.list.get(0).getFormattedMessage())
                .doesNotContain("\n")
                .doesNotContain("\u001b")
                .hasSizeLessThan(300);
    }
}

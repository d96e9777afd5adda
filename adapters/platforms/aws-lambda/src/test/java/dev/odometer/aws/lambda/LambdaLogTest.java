package dev.odometer.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LambdaLogTest {

    private final List<String> lines = new ArrayList<>();
    private final LambdaLog log = new LambdaLog(new Recorder());

    private final class Recorder implements LambdaLogger {

        @Override
        public void log(String message) {
            lines.add(message);
        }

        @Override
        public void log(byte[] message) {
            lines.add(new String(message, StandardCharsets.UTF_8));
        }

        @Override
        public void log(String message, LogLevel level) {
            lines.add(level + " " + message);
        }
    }

    private static LogRecord line(Level level, String message) {
        var line = new LogRecord(level, message);
        line.setLoggerName("dev.odometer.door.http.HttpDoor");
        return line;
    }

    @Test
    void writesLevelAndRequestId() {
        MDC.put("requestId", "abc");
        log.publish(line(Level.WARNING, "the database is unavailable"));
        MDC.remove("requestId");

        assertThat(lines)
                .containsExactly("WARN [abc] dev.odometer.door.http.HttpDoor: the database is unavailable"
                        + System.lineSeparator());
    }

    @Test
    void writesAStackTraceAsPartOfTheLine() {
        LogRecord failed = line(Level.SEVERE, "failed");
        failed.setThrown(new IllegalStateException("why"));

        log.publish(failed);

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("ERROR dev")
                .contains("why", "LambdaLogTest.writesAStackTraceAsPartOfTheLine");
    }
}

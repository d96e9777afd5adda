package dev.odometer.aws.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.MDC;

/**
 * The JDK's log, which is where every library's lines end up here, in the log of the function: level and format are
 * what the function's own logging settings say. A line has the request's id before it.
 */
final class LambdaLog extends Handler {

    /** Held, since the JDK forgets the level of a logger that nobody holds. */
    private static final Logger OURS = Logger.getLogger("dev.odometer");

    private final SimpleFormatter messages = new SimpleFormatter();
    private final LambdaLogger log;

    LambdaLog(LambdaLogger log) {
        this.log = log;
    }

    /** Warnings of everything, and what this service has to say. */
    static void install() {
        // Spring's way to the log, which would look for others first.
        System.setProperty("org.apache.commons.logging.LogFactory", "org.apache.commons.logging.impl.Slf4jLogFactory");
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new LambdaLog(LambdaRuntime.getLogger()));
        OURS.setLevel(Level.INFO);
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            log.log(text(line), level(line.getLevel()));
        }
    }

    private String text(LogRecord line) {
        var text = new StringWriter();
        String request = MDC.get("requestId");
        text.append(request == null ? "" : "[" + request + "] ")
                .append(String.valueOf(line.getLoggerName()))
                .append(": ")
                .append(messages.formatMessage(line))
                .append(System.lineSeparator());
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private static LogLevel level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return LogLevel.ERROR;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return LogLevel.WARN;
        }
        return level.intValue() >= Level.INFO.intValue() ? LogLevel.INFO : LogLevel.DEBUG;
    }

    @Override
    public void flush() {
        // Lambda's own logger keeps nothing back.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}

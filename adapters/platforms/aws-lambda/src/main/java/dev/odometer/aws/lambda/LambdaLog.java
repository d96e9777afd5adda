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
 * Writes java.util.logging, which all libraries log through, to the log of the function. The function's logging
 * settings determine level and format. Each line begins with the request id, if there is one.
 */
final class LambdaLog extends Handler {

    /** A strong reference, because the JDK discards loggers, and their levels, when they are not referenced. */
    private static final Logger ODOMETER = Logger.getLogger("dev.odometer");

    private final SimpleFormatter messages = new SimpleFormatter();
    private final LambdaLogger log;

    LambdaLog(LambdaLogger log) {
        this.log = log;
    }

    /** Logs warnings of all libraries, and the INFO level of this service. */
    static void install() {
        // Selects the implementation that Spring would otherwise search for.
        System.setProperty("org.apache.commons.logging.LogFactory", "org.apache.commons.logging.impl.Slf4jLogFactory");
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new LambdaLog(LambdaRuntime.getLogger()));
        ODOMETER.setLevel(Level.INFO);
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
        String key = MDC.get("apiKey");
        text.append(request == null ? "" : "[" + request + (key == null ? "" : " " + key) + "] ")
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
        // Lambda's logger does not buffer.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}

package dev.odometer.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.odometer.functions.binding.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.crac.Core;
import org.springframework.context.ApplicationContext;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The handler of every function: {@code dev.odometer.lambda.OdometerHandler::handleRequest}. The application starts with
 * the constructor, within the init phase, and serves invocations that may run side by side.
 */
public final class OdometerHandler implements RequestStreamHandler {

    /** Numbers keep every digit: an event's detail may be somebody's usage. */
    private final ObjectReader json = JsonMapper.shared()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private final EventKinds kinds;

    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // the runtime holds it weakly
    private final Snapshot snapshot;

    /** For the runtime. */
    public OdometerHandler() {
        this(LambdaApplication.start());
    }

    OdometerHandler(ApplicationContext application) {
        kinds = application.getBean(EventKinds.class);
        snapshot = new Snapshot(application);
        Core.getGlobalContext().register(snapshot);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        var deadline = Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()));
        answer.write(kinds.handle(read(event), deadline));
    }

    private JsonNode read(InputStream event) {
        try {
            return json.readTree(event);
        } catch (JacksonException malformed) {
            // The exception itself would go to the log with what it stumbled over.
            TokenStreamLocation place = malformed.getLocation();
            throw new IllegalArgumentException("The event is no JSON that can be read"
                    + (place == null ? "" : ", at line " + place.getLineNr() + ", column " + place.getColumnNr()));
        }
    }
}

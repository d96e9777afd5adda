package dev.odometer.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.odometer.aws.lambda.event.EventKinds;
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
 * The handler of all functions: {@code dev.odometer.aws.lambda.LambdaHandler::handleRequest}. The constructor starts
 * the application, within the init phase. Invocations may run concurrently.
 */
public final class LambdaHandler implements RequestStreamHandler {

    /** Numbers are exact, because the detail of an event may contain usage. */
    private final ObjectReader json = JsonMapper.shared()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private final EventKinds kinds;

    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // the CRaC context has only a weak reference to it
    private final Snapshot snapshot;

    /** Called by the Lambda runtime. */
    public LambdaHandler() {
        this(LambdaApplication.start());
    }

    LambdaHandler(ApplicationContext application) {
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
            // Jackson's exception is not logged, because its message contains parts of the event.
            TokenStreamLocation place = malformed.getLocation();
            throw new IllegalArgumentException("The event is not valid JSON"
                    + (place == null ? "" : ", at line " + place.getLineNr() + ", column " + place.getColumnNr()));
        }
    }
}

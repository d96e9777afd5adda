package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.functions.binding.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All kinds of events with the sample functions, and shortcuts to send events to them. */
final class SampleHandler {

    static final SampleState STATE = new SampleState();
    static final JsonMapper JSON = new JsonMapper();

    private static final List<EventKind> KINDS = start(
            Probes.class,
            "odometer.aws.channels.batch=batch,batch.fifo",
            "odometer.aws.channels.item=item,item.fifo",
            "odometer.aws.channels.whole=arn:aws:sqs:eu-west-1:123456789012:whole, whole.fifo, whole");

    private SampleHandler() {}

    static List<EventKind> start(Class<?> functions, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(functions)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off", "logging.level.root=OFF")
                .properties(properties)
                .run();
        return context.getBean(BatchKinds.class).rows();
    }

    /** Sends an event and returns the response. */
    static String send(String event) {
        return send(JSON.readTree(event), Deadline.NONE);
    }

    static String send(JsonNode event, Deadline deadline) {
        return send(KINDS, event, deadline);
    }

    /** Sends an event, which exactly one kind must match. */
    static String send(List<EventKind> kinds, JsonNode event, Deadline deadline) {
        List<EventKind> matching =
                kinds.stream().filter(kind -> kind.matches(event)).toList();
        if (matching.size() != 1) {
            throw new AssertionError(matching.size() + " kinds know it: " + event);
        }
        return new String(matching.get(0).handle(event, deadline), StandardCharsets.UTF_8);
    }

    static boolean isKnown(String event) {
        JsonNode tree = JSON.readTree(event);
        return KINDS.stream().anyMatch(kind -> kind.matches(tree));
    }

    /** The partial batch response that reports these messages. */
    static String failures(String... names) {
        return "{\"batchItemFailures\":["
                + String.join(
                        ",",
                        List.of(names).stream()
                                .map(name -> "{\"itemIdentifier\":\"" + name + "\"}")
                                .toList())
                + "]}";
    }
}

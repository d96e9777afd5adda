package dev.odometer.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.aws.lambda.event.EventKinds;
import dev.odometer.door.own.OwnService;
import dev.odometer.door.own.WithoutBilling;
import dev.odometer.functions.binding.Deadline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** The platform serves functions of other services, without billing and without a database on the class path. */
class OwnServiceTest {

    @TempDir
    Path folder;

    private static final String REQUEST = "{\"version\":\"2.0\",\"rawPath\":\"/greetings/you\",\"rawQueryString\":\"\","
            + "\"headers\":{},\"requestContext\":{\"stage\":\"$default\",\"http\":{\"method\":\"GET\"}}}";

    /** Starts a service and sends it events, one per line. */
    static final class Sender implements UnaryOperator<String> {

        @Override
        public String apply(String events) {
            try (var application = LambdaApplication.start(new StandardEnvironment())) {
                EventKinds kinds = application.getBean(EventKinds.class);
                return events.lines()
                                .map(event -> kinds.handle(new JsonMapper().readTree(event), Deadline.NONE))
                                .map(answer -> new String(answer, StandardCharsets.UTF_8))
                                .collect(Collectors.joining("\n"))
                        + OwnService.PROCESSED;
            }
        }
    }

    private static String message(String subject) {
        String body = new JsonMapper().writeValueAsString(OwnService.event(subject));
        return "{\"Records\": [{\"eventSource\": \"aws:sqs\", \"eventSourceARN\": \"arn:aws:sqs:eu-west-1:1:notes\","
                + " \"messageId\": \"m1\", \"body\": " + body + "}]}";
    }

    @Test
    void answersRequestsProcessesEventsAndRunsSchedules() throws Exception {
        String tick = "{\"schedule\": \"nightly\", \"due\": \"2026-11-01T02:00:00Z\"}";

        String answers = WithoutBilling.run(
                Sender.class, String.join("\n", REQUEST, message("milk"), message("refused"), tick), folder);

        assertThat(answers.lines())
                .satisfiesExactly(
                        reply -> assertThat(reply).contains("\"statusCode\":200", "hello", "you"),
                        handled -> assertThat(handled).isEqualTo("{\"batchItemFailures\":[]}"),
                        // It is a poison message, and there is no store for dead letters.
                        refused ->
                                assertThat(refused).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}"),
                        ticked -> assertThat(ticked).isEqualTo("[milk, nightly]"));
    }
}

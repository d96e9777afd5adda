package dev.odometer.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaHandlerTest {

    private static final int THREADS = 32;
    private static final int INVOCATIONS_PER_THREAD = 50;

    private static final LambdaHandler HANDLER = new LambdaHandler(Probes.start());

    private String handle(String event) throws IOException {
        var answer = new ByteArrayOutputStream();
        HANDLER.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, new Invocation());
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static String asking(String id) {
        return """
                {"version":"2.0","rawPath":"/echo/%s","requestContext":{"http":{"method":"GET"}}}""".formatted(id);
    }

    @Test
    void answersAnEvent() throws IOException {
        assertThat(handle(asking("one"))).contains("{\\\"id\\\":\\\"one\\\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "{\"secret\"", "{\"a\":\"secret\u0001\"}", "{} secret", "[[[\"secret\""})
    void refusesInvalidJsonWithoutRepeatingIt(String event) {
        assertThatThrownBy(() -> handle(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void namesTheMembersOfAnUnknownEvent() {
        assertThatThrownBy(() -> handle("{\"foo\":\"secret\",\"bar\":{\"deep\":1}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[foo, bar]")
                .hasMessageNotContainingAny("secret", "deep");
    }

    @Test
    void limitsTheNamedMembersOfAnUnknownEvent() {
        String many = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"" + "n".repeat(500) + i + "\":1")
                .collect(Collectors.joining(",", "{", "}"));

        assertThatThrownBy(() -> handle(many))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(3000));
    }

    @Test
    void handlesConcurrentInvocations() throws Exception {
        var pool = Executors.newFixedThreadPool(THREADS);
        try {
            var invocations = new ArrayList<Future<String>>();
            for (int i = 0; i < THREADS * INVOCATIONS_PER_THREAD; i++) {
                String event = asking("id-" + i + "-");
                invocations.add(pool.submit(() -> handle(event)));
            }
            for (int i = 0; i < invocations.size(); i++) {
                assertThat(invocations.get(i).get()).contains("{\\\"id\\\":\\\"id-" + i + "-\\\"");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** An invocation with 30 seconds left. */
    private static final class Invocation implements Context {

        @Override
        public String getAwsRequestId() {
            return "request";
        }

        @Override
        public String getLogGroupName() {
            return "group";
        }

        @Override
        public String getLogStreamName() {
            return "stream";
        }

        @Override
        public String getFunctionName() {
            return "odometer";
        }

        @Override
        public String getFunctionVersion() {
            return "1";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "arn";
        }

        @Override
        public CognitoIdentity getIdentity() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClientContext getClientContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getRemainingTimeInMillis() {
            return 30_000;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 512;
        }

        @Override
        public LambdaLogger getLogger() {
            throw new UnsupportedOperationException();
        }
    }
}

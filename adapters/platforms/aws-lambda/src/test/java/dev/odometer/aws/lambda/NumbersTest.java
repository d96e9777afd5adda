package dev.odometer.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.aws.lambda.event.EventKinds;
import dev.odometer.functions.binding.Deadline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import tools.jackson.databind.JsonNode;

class NumbersTest {

    /** Returns the number as the handler read it. */
    private static final class Echo implements EventKind {

        @Override
        public boolean matches(JsonNode event) {
            return true;
        }

        @Override
        public byte[] handle(JsonNode event, Deadline deadline) {
            return event.path("n").decimalValue().toPlainString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String read(String number) throws IOException {
        var context = (Context) Proxy.newProxyInstance(
                NumbersTest.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> 1000);
        var answer = new ByteArrayOutputStream();
        byte[] event = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
        var application = new StaticApplicationContext();
        application.getBeanFactory().registerSingleton("kinds", new EventKinds(List.of(new Echo())));
        application.refresh();
        new LambdaHandler(application).handleRequest(new ByteArrayInputStream(event), answer, context);
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Test
    void areExact() throws IOException {
        assertThat(read("0.10")).isEqualTo("0.10");
        assertThat(read("12345678901234567890.123456789")).isEqualTo("12345678901234567890.123456789");
    }
}

package dev.odometer.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.InMemoryPorts;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;
import org.springframework.context.annotation.Bean;

/**
 * {@code recordUsage} and {@code queryUsage} in Spring Cloud Function's {@code FunctionInvoker}, with in-memory stores.
 */
class FunctionInvokerTest {

    private static final String MAIN_CLASS = "MAIN_CLASS";
    private static final InMemoryUsageLog LOG = new InMemoryUsageLog(Clock.systemUTC());
    private static final InMemoryMeters METERS = new InMemoryMeters();

    /** The application that the adapter starts, once per function. The log and the meters are shared. */
    @SpringBootApplication
    static class App extends InMemoryPorts {

        @Override
        @Bean
        public UsageLog usageLog() {
            return LOG;
        }

        @Override
        @Bean
        public Meters meters() {
            return METERS;
        }
    }

    @BeforeAll
    static void setMainClass() {
        System.setProperty(MAIN_CLASS, App.class.getName());
    }

    @AfterAll
    static void clearMainClass() {
        System.clearProperty(MAIN_CLASS);
    }

    private static String invoke(String function, String event) throws IOException {
        var response = new ByteArrayOutputStream();
        new FunctionInvoker(function)
                .handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), response, null);
        return response.toString(StandardCharsets.UTF_8);
    }

    @Test
    void queriesWhatAnotherFunctionRecorded() throws IOException {
        METERS.add(new MeterDraft("requests", null, null, null, Aggregation.COUNT, "request", null, null, null)
                .toMeter("01K00000000000000000000000", Instant.parse("2026-01-01T00:00:00Z")));
        String event = """
                [{"specversion": "1.0", "id": "e-1", "source": "test", "type": "request", "subject": "acme",
                  "time": "2026-03-01T10:00:00Z"}]
                """;

        invoke("recordUsage", event);
        invoke("recordUsage", event);

        assertThat(invoke("queryUsage", "{\"meterIdOrSlug\": \"requests\"}")).contains("\"value\":1");
    }
}

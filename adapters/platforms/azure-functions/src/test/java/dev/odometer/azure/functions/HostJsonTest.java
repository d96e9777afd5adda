package dev.odometer.azure.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HostJsonTest {

    private static JsonNode host() throws IOException {
        return new JsonMapper().readTree(Files.readString(Path.of("host.json")));
    }

    @Test
    void setsATimeoutAboveTheTimeBudget() throws IOException {
        Duration timeout = Duration.between(
                LocalTime.MIN, LocalTime.parse(host().path("functionTimeout").asString()));

        assertThat(timeout).isGreaterThanOrEqualTo(AzureApplication.DEFAULT_TIME_BUDGET.plusSeconds(30));
    }

    @Test
    void allowsFiveAttemptsPerQueueMessage() throws IOException {
        assertThat(host().path("extensions")
                        .path("queues")
                        .path("maxDequeueCount")
                        .asInt())
                .isEqualTo(5);
    }
}

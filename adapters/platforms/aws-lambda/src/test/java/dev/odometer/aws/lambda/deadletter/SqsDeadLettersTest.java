package dev.odometer.aws.lambda.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SqsDeadLettersTest {

    private static StandardEnvironment environment(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return environment;
    }

    @ParameterizedTest
    @CsvSource({
        "odometer.aws.parked-queue-url,four",
        "odometer.aws.parked-queue-url,odometer-parked",
        "odometer.aws.parked-queue-url,https://sqs.eu-central-1.amazonaws.com",
        "odometer.aws.sqs-endpoint,four",
        "odometer.aws.sqs-endpoint,https://a b",
        "odometer.aws.sqs-endpoint,localhost:9324"
    })
    void reportsAnInvalidSettingInOneSentence(String name, String value) {
        var environment = environment(Map.of(name, value));

        assertThatThrownBy(() -> SqsDeadLetters.from(environment))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith(name + " must be ")
                .hasMessageEndingWith("but is: " + value);
    }

    @Test
    void isOptional() {
        assertThat(SqsDeadLetters.from(environment(Map.of("odometer.aws.parked-queue-url", ""))))
                .isEmpty();
        assertThat(SqsDeadLetters.from(environment(Map.of(
                        "odometer.aws.parked-queue-url",
                        "https://sqs.eu-central-1.amazonaws.com/123456789012/parked"))))
                .isPresent();
    }
}

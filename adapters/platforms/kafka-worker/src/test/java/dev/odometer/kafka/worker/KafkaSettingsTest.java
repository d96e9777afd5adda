package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** An invalid setting of the worker or option of its commands is a sentence that names it. */
class KafkaSettingsTest {

    private static StandardEnvironment environment(String name, String value) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, value)));
        return environment;
    }

    private static Stream<Arguments> invalid() {
        return Stream.of(
                        "odometer.kafka.concurrency",
                        "odometer.kafka.retry-from",
                        "odometer.kafka.retry-up-to",
                        "odometer.kafka.create-topics",
                        "odometer.kafka.properties.max.poll.interval.ms")
                .flatMap(name -> Stream.of("four", "-1", "9".repeat(50)).map(value -> Arguments.of(name, value)));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void reportsAnInvalidSettingInOneSentence(String name, String value) {
        assertThatThrownBy(() -> KafkaSettings.from(environment(name, value)))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith(name + " must be ")
                .hasMessageEndingWith("but is: " + value);
    }

    @Test
    void reportsAnInvalidOptionInOneSentence() {
        assertThatThrownBy(() -> TopicsCommand.run(environment("partitions", "many"), List.of()))
                .hasMessage("partitions must be a number from 1 to 100000, but is: many");
        assertThatThrownBy(() -> TopicsCommand.run(environment("replication", "0"), List.of()))
                .hasMessage("replication must be a number from 1 to 32767, but is: 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"four", "kafka", "kafka:", "kafka:port", "a:1;b:2", ":9092", "a:1,b"})
    void reportsAnInvalidAddressInOneSentence(String value) {
        assertThatThrownBy(() -> KafkaSettings.from(environment("odometer.kafka.bootstrap-servers", value)))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.kafka.bootstrap-servers must be host:port, or several separated by commas,"
                        + " but is: " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1", "a.b:9092,c-d:1", "a:1, b:2", "[::1]:9092", "SASL_SSL://a:1"})
    void acceptsAddresses(String value) {
        assertThat(KafkaSettings.from(environment("odometer.kafka.bootstrap-servers", value))
                        .servers())
                .isEqualTo(value);
    }

    /** Other settings are checked by Kafka's clients. */
    @Test
    void reportsAnInvalidPropertyOfTheClientInOneSentence() {
        assertThatThrownBy(() -> TopicsCommand.run(environment("odometer.kafka.security-protocol", "TLS"), List.of()))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("The settings of the Kafka client are invalid: ");
    }

    @Test
    void reportsAnInvalidPortInOneSentence() {
        assertThatThrownBy(() -> Worker.main(new String[] {
                    "--odometer.worker.port=70000", "--odometer.database.url=jdbc:postgresql://127.0.0.1:1/none"
                }))
                .rootCause()
                .hasMessage("odometer.worker.port must be a number from 0 to 65535, but is: 70000");
    }

    @Test
    void reportsAPortInUseOrAnUnknownAddressInOneSentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refusesToServe("127.0.0.1", taken.getLocalPort());
        }
        refusesToServe("nowhere.invalid", 0);
    }

    private static void refusesToServe(String address, int port) {
        assertThatThrownBy(() -> Worker.main(new String[] {
                    "--odometer.worker.address=" + address,
                    "--odometer.worker.port=" + port,
                    "--odometer.database.url=jdbc:postgresql://127.0.0.1:1/none"
                }))
                .rootCause()
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("Health checks cannot be served at " + address);
    }
}

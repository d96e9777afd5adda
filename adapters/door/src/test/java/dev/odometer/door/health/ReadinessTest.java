package dev.odometer.door.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.json.Json;
import dev.odometer.functions.health.ReadinessCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private final List<ReadinessCheck> checks = new ArrayList<>();
    private final Readiness readiness = new Readiness(checks::stream, new Json());

    private static String body(Readiness.Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void isReadyWhenAllChecksPass() {
        checks.add(Optional::empty);

        assertThat(readiness.ready().isUp()).isTrue();
        assertThat(body(readiness.ready())).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void givesTheReasonOfTheFirstCheckThatFails() {
        checks.add(Optional::empty);
        checks.add(() -> Optional.of("no \"disk\""));
        checks.add(() -> {
            throw new IllegalStateException("not evaluated");
        });

        assertThat(readiness.ready().isUp()).isFalse();
        assertThat(body(readiness.ready())).isEqualTo("{\"status\":\"unavailable\",\"reason\":\"no \\\"disk\\\"\"}");
    }

    @Test
    void isLiveWhetherOrNotItIsReady() {
        checks.add(() -> Optional.of("not yet"));

        assertThat(readiness.live().isUp()).isTrue();
    }
}

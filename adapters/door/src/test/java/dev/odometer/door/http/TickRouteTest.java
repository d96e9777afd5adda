package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Doors;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class TickRouteTest {

    private static final List<Tick> TICKS = new ArrayList<>();

    @Configuration(proxyBeanMethods = false)
    static class Scheduled {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-11-01T04:00:30Z"), ZoneOffset.UTC);
        }

        @Bean
        Consumer<Tick> clean() {
            return tick -> {
                TICKS.add(tick);
                if (tick.due().equals(Instant.EPOCH)) {
                    throw Refusal.unavailable("come back later", new IllegalStateException());
                }
            };
        }

        @Bean
        Schedules nightly() {
            return new Schedules(List.of(new Schedule("nightly", "0 2 * * *", ZoneOffset.UTC, "clean")));
        }
    }

    private static final ConfigurableApplicationContext CONTEXT = Doors.start(Scheduled.class, "odometer.push=on");

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @BeforeEach
    void clear() {
        TICKS.clear();
    }

    private static int push(String path, String body, String... headers) {
        return CONTEXT.getBean(HttpDoor.class)
                .handle(Doors.request("POST", path, body.getBytes(StandardCharsets.UTF_8), headers))
                .status();
    }

    @Test
    void callsTheScheduleWithTheGivenTime() {
        assertThat(push("/schedules/nightly?due=2026-11-01T02:00:00Z", "")).isEqualTo(204);
        assertThat(TICKS).containsExactly(new Tick("nightly", Instant.parse("2026-11-01T02:00:00Z")));
    }

    @Test
    void usesTheTimeOfTheEventAsTheDueTime() {
        assertThat(push("/schedules/nightly", "{}", "ce-time", "2026-11-01T02:00:00Z"))
                .isEqualTo(204);
        assertThat(push("/schedules/nightly?due=2026-11-01T03:00:00Z", "", "ce-time", "x"))
                .isEqualTo(204);
        assertThat(push("/schedules/nightly", "", "ce-time", "tonight")).isEqualTo(400);
        assertThat(TICKS)
                .extracting(Tick::due)
                .containsExactly(Instant.parse("2026-11-01T02:00:00Z"), Instant.parse("2026-11-01T03:00:00Z"));
    }

    @Test
    void refusesInvalidCalls() {
        assertThat(push("/schedules/nightly?due=tonight", "")).isEqualTo(400);
        assertThat(push("/schedules/other", "")).isEqualTo(404);
        assertThat(push("/schedules/nightly?due=1970-01-01T00:00:00Z", "")).isEqualTo(503);
    }

    @Test
    void usesTheCurrentMinuteAsTheDefaultDueTime() {
        assertThat(push("/schedules/nightly", "")).isEqualTo(204);
        assertThat(TICKS).containsExactly(new Tick("nightly", Instant.parse("2026-11-01T04:00:00Z")));
    }
}

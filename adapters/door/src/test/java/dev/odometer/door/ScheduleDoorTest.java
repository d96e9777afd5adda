package dev.odometer.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.binding.Schedule;
import dev.odometer.binding.Schedules;
import dev.odometer.binding.Tick;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ScheduleDoorTest {

    private static final Instant DUE = Instant.parse("2026-01-01T02:00:00Z");

    @BeforeEach
    void forgetCalls() {
        Probes.TICKS.clear();
    }

    private static Outcome tick(String schedule) {
        return Doors.SCHEDULE.tick(new Tick(schedule, DUE));
    }

    @Test
    void callsTheFunctionOfTheSchedule() {
        assertThat(tick("daily")).isEqualTo(Outcome.OK);
        assertThat(Probes.TICKS).containsExactly(new Tick("daily", DUE));
    }

    @Test
    void saysWhatTheFunctionRefuses() {
        assertThat(tick("conflict")).isEqualTo(Outcome.poison("there is one already"));
    }

    @Test
    void wantsToBeCalledAgainWhenItCannotBeDoneNow() {
        assertThat(tick("unavailable")).isEqualTo(Outcome.retry("come back later"));
    }

    @Test
    void wantsToBeCalledAgainAfterASurpriseAndKeepsItToItself() {
        assertThat(tick("bug")).isEqualTo(Outcome.retry("unexpected failure in takeTick"));
    }

    @Test
    void knowsItsSchedules() {
        assertThat(Doors.SCHEDULE.schedules())
                .extracting(Schedule::name)
                .containsExactlyInAnyOrder("daily", "conflict", "unavailable", "bug");
        assertThatThrownBy(() -> tick("hourly")).hasMessage("No schedule has the name hourly");
    }

    @Configuration(proxyBeanMethods = false)
    static class Timers {
        @Bean
        Consumer<String> takeText() {
            return text -> {};
        }

        @Bean
        Consumer<Tick> takeTick() {
            return tick -> {};
        }

        static Schedules schedules(String... functions) {
            return new Schedules(List.of(functions).stream()
                    .map(function -> new Schedule("daily", "0 2 * * *", ZoneOffset.UTC, function))
                    .toList());
        }
    }

    static class Misfit extends Timers {
        @Bean
        Schedules misfits() {
            return schedules("takeText");
        }
    }

    static class Twice extends Timers {
        @Bean
        Schedules twice() {
            return schedules("takeTick", "takeTick");
        }
    }

    @Test
    void refusesAFunctionThatTakesNoTicks() {
        assertThatThrownBy(() -> Doors.start(Misfit.class))
                .rootCause()
                .hasMessage("The schedule daily does not fit takeText: the function takes no ticks");
    }

    @Test
    void refusesTwoSchedulesWithOneName() {
        assertThatThrownBy(() -> Doors.start(Twice.class)).rootCause().hasMessage("Two schedules have the name daily");
    }

    @Test
    void leavesOutSchedulesWhoseFunctionsAreNotActive() {
        try (var context = Doors.start(Misfit.class, "spring.cloud.function.definition=takeTick")) {
            assertThat(context.getBean(ScheduleDoor.class).schedules()).isEmpty();
        }
    }
}

package dev.odometer.door.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.Doors;
import dev.odometer.door.Probes;
import dev.odometer.door.batch.Outcome;
import dev.odometer.door.start.FunctionApplication;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.InMemoryTickLog;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;

class ScheduleDoorTest {

    private static final Instant DUE = Instant.parse("2026-01-01T02:00:00Z");

    @BeforeEach
    void clearCalls() {
        Probes.TICKS.clear();
    }

    private static Outcome tick(String schedule) {
        return Doors.SCHEDULE.tick(new Tick(schedule, DUE), Deadline.NONE);
    }

    @Test
    void callsTheFunctionOfTheSchedule() {
        assertThat(tick("daily")).isEqualTo(Outcome.OK);
        assertThat(Probes.TICKS).containsExactly(new Tick("daily", DUE));
    }

    @Test
    void reportsARefusalAsPoison() {
        assertThat(tick("conflict")).isEqualTo(Outcome.poison("there is one already"));
    }

    @Test
    void retriesWhenTheFunctionIsUnavailable() {
        assertThat(tick("unavailable")).isEqualTo(Outcome.retry("come back later"));
    }

    @Test
    void retriesAfterAnUnexpectedFailureWithoutDisclosingIt() {
        assertThat(tick("bug")).isEqualTo(Outcome.retry("unexpected failure in takeTick"));
    }

    @Test
    void listsTheActiveSchedules() {
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
    void refusesATickAheadOfItsTime() {
        Instant soon = Instant.now().plusSeconds(30);
        Instant later = Instant.now().plusSeconds(120);

        assertThat(Doors.SCHEDULE.tick(new Tick("daily", soon), Deadline.NONE)).isEqualTo(Outcome.OK);
        assertThat(Doors.SCHEDULE.tick(new Tick("daily", later), Deadline.NONE))
                .isEqualTo(Outcome.poison("the schedule daily is not due yet: " + later));
        assertThat(Probes.TICKS).containsExactly(new Tick("daily", soon));
    }

    /** Functions with a tick log, one of which takes a deadline. */
    static class Logged {
        static final List<Timed<Tick>> CALLS = new ArrayList<>();
        static int failures;

        @Bean
        Consumer<Timed<Tick>> takeTimed() {
            return tick -> {
                CALLS.add(tick);
                if (failures-- > 0) {
                    throw Refusal.unavailable("come back later", new IllegalStateException());
                }
            };
        }

        @Bean
        Schedules schedules() {
            return Timers.schedules("takeTimed");
        }

        @Bean
        TickLog ticks() {
            return new InMemoryTickLog();
        }
    }

    @Test
    void processesATickOnceWithATickLog() {
        Logged.CALLS.clear();
        Logged.failures = 1;
        try (var context = Doors.start(Logged.class)) {
            ScheduleDoor door = context.getBean(ScheduleDoor.class);
            var tick = new Tick("daily", DUE);
            var deadline = Deadline.in(Duration.ofSeconds(10));

            assertThat(List.of(door.tick(tick, deadline), door.tick(tick, deadline), door.tick(tick, deadline)))
                    .containsExactly(Outcome.retry("come back later"), Outcome.OK, Outcome.OK);
            assertThat(Logged.CALLS).extracting(Timed::item).containsExactly(tick, tick);
        }
    }

    @Test
    void passesTheDeadlineMinusAMargin() {
        Logged.CALLS.clear();
        Logged.failures = 0;
        try (var context = Doors.start(Logged.class)) {
            var tenSeconds = Deadline.in(Duration.ofSeconds(10), () -> 0);

            context.getBean(ScheduleDoor.class).tick(new Tick("daily", DUE), tenSeconds);

            Deadline left = Logged.CALLS.get(0).deadline();
            assertThat(left.hasAtLeast(Duration.ofMillis(9500))).isTrue();
            assertThat(left.hasAtLeast(Duration.ofMillis(9501))).isFalse();
        }
    }

    @Test
    void retriesWhileAnotherProcessWorksOnTheTick() {
        try (var context = Doors.start(Logged.class)) {
            var outcomes = new ArrayList<Outcome>();
            ScheduleDoor door = context.getBean(ScheduleDoor.class);

            context.getBean(TickLog.class)
                    .runOnce(
                            new Tick("daily", DUE),
                            () -> outcomes.add(door.tick(new Tick("daily", DUE), Deadline.NONE)));

            assertThat(outcomes).containsExactly(Outcome.retry("another process is still working on this schedule"));
        }
    }

    @Test
    void failsTheStartForAFunctionWithoutTicks() {
        assertThatThrownBy(() -> Doors.start(Misfit.class))
                .rootCause()
                .hasMessage("The schedule daily does not fit takeText: the function takes no ticks");
    }

    @Configuration(proxyBeanMethods = false)
    static class SixFields {

        @Bean
        Consumer<Tick> takeTick() {
            return tick -> {};
        }

        @Bean
        Schedules schedules() {
            return new Schedules(List.of(new Schedule("daily", "0 0 2 * * *", ZoneOffset.UTC, "takeTick")));
        }
    }

    @Test
    void failsTheStartOfFunctionsForAnInvalidExpression() {
        assertThatThrownBy(() -> FunctionApplication.start(new StandardEnvironment(), SixFields.class))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("The schedule daily has an invalid cron expression: 0 0 2 * * *: it must have five fields");
    }

    @Test
    void failsTheStartForADuplicateName() {
        assertThatThrownBy(() -> Doors.start(Twice.class)).rootCause().hasMessage("Two schedules have the name daily");
    }

    @Test
    void omitsSchedulesOfInactiveFunctions() {
        try (var context = Doors.start(Misfit.class, "spring.cloud.function.definition=takeTick")) {
            assertThat(context.getBean(ScheduleDoor.class).schedules()).isEmpty();
        }
    }
}

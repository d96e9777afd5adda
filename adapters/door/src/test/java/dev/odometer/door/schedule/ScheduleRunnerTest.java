package dev.odometer.door.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.InMemoryTickLog;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.functions.schedule.WakeUp;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class ScheduleRunnerTest {

    private static final BlockingQueue<Tick> TICKS = new LinkedBlockingQueue<>();
    private static final BlockingQueue<Boolean> ENDS = new LinkedBlockingQueue<>();
    private static CountDownLatch hanging = new CountDownLatch(0);

    @EnableAutoConfiguration
    @Import(ScheduleRunnerConfiguration.class)
    static class Service {

        @Bean
        Consumer<Timed<Tick>> takeTick() {
            return tick -> {
                TICKS.add(tick.item());
                while (hanging.getCount() > 0 && tick.deadline().hasAtLeast(Duration.ZERO)) {
                    Thread.onSpinWait();
                }
                ENDS.add(hanging.getCount() == 0);
            };
        }

        @Bean
        Schedules schedules() {
            return new Schedules(List.of(new Schedule("leap", "0 0 29 2 *", ZoneOffset.UTC, "takeTick")));
        }

        @Bean
        TickLog ticks() {
            return new InMemoryTickLog();
        }
    }

    @BeforeEach
    void clear() {
        TICKS.clear();
        ENDS.clear();
        hanging = new CountDownLatch(0);
    }

    private static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off", "logging.level.root=OFF")
                .properties(properties)
                .run();
    }

    private static Tick woken(ConfigurableApplicationContext context) throws InterruptedException {
        context.getBean(WakeUp.class).wake("leap");
        Tick tick = TICKS.poll(2, TimeUnit.MINUTES);
        assertThat(tick).isNotNull();
        return tick;
    }

    @Test
    void callsAWokenScheduleImmediately() throws InterruptedException {
        try (var context = start()) {
            Tick tick = woken(context);

            assertThat(tick.schedule()).isEqualTo("leap");
            assertThat(ENDS.poll(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void endsACallInFlightBeforeTheProcessStops() throws InterruptedException {
        hanging = new CountDownLatch(1);
        try (var context = start()) {
            woken(context);
        }

        assertThat(ENDS).containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "off", "OFF", "0"})
    void isAbsentIfDisabled(String value) {
        try (var context = start("odometer.schedules.enabled=" + value)) {
            assertThat(context.getBeanProvider(WakeUp.class).getIfAvailable()).isNull();
        }
    }

    @Test
    void anUnknownWordPreventsTheStart() {
        assertThatThrownBy(() -> start("odometer.schedules.enabled=never"))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.schedules.enabled must be true or false, but is: never");
    }
}

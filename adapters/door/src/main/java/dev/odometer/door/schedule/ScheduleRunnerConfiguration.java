package dev.odometer.door.schedule;

import dev.odometer.door.ScheduleDoor;
import dev.odometer.functions.schedule.TickLog;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The timer, for services that run all the time and import this; {@code odometer.schedules.enabled} (true) switches it
 * off, where something else has the times. Functions on a cloud's platform never have it. Without a log of ticks each
 * process calls for itself, and does not make up for what it missed while it was stopped.
 */
@Configuration(proxyBeanMethods = false)
public class ScheduleRunnerConfiguration {

    @Bean
    @ConditionalOnProperty(name = "odometer.schedules.enabled", matchIfMissing = true)
    ScheduleRunner scheduleRunner(ScheduleDoor door, ObjectProvider<TickLog> log, ObjectProvider<Clock> clock) {
        return new ScheduleRunner(
                door, Optional.ofNullable(log.getIfAvailable()), clock.getIfAvailable(Clock::systemUTC));
    }
}

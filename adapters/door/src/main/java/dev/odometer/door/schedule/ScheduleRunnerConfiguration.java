package dev.odometer.door.schedule;

import dev.odometer.functions.schedule.TickLog;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The timer for long-running services that import this; {@code odometer.schedules.enabled} (true) disables it if
 * an external timer pushes ticks. Functions on a cloud platform never use it. Without a tick log, each process makes
 * every call, and does not catch up on ticks that it missed while it was stopped.
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

package dev.odometer.door.schedule;

import dev.odometer.functions.schedule.TickLog;
import dev.odometer.functions.setting.Settings;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The timer for long-running services that import this; {@code odometer.schedules.enabled} (true) disables it if
 * an external timer pushes ticks. Functions on a cloud platform never use it. Without a tick log, each process makes
 * every call, and does not catch up on ticks that it missed while it was stopped.
 */
@Configuration(proxyBeanMethods = false)
public class ScheduleRunnerConfiguration {

    @Bean
    @Conditional(Enabled.class)
    ScheduleRunner scheduleRunner(ScheduleDoor door, ObjectProvider<TickLog> log, ObjectProvider<Clock> clock) {
        return new ScheduleRunner(
                door, Optional.ofNullable(log.getIfAvailable()), clock.getIfAvailable(Clock::systemUTC));
    }

    /** Reads the setting like all others: {@code off} disables the timer, and an unknown word prevents the start. */
    static final class Enabled implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata annotated) {
            return new Settings(context.getEnvironment()::getProperty).flag("odometer.schedules.enabled", true);
        }
    }
}

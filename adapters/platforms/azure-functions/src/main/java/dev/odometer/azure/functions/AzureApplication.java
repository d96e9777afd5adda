package dev.odometer.azure.functions;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.door.start.FunctionApplication;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The application context that the triggers use. */
@Configuration(proxyBeanMethods = false)
class AzureApplication {

    private static final String PLATFORM = "azure-functions";
    static final Duration DEFAULT_TIME_BUDGET = Duration.ofMinutes(4);

    static ConfigurableApplicationContext start() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(PLATFORM, Map.of("odometer.platform", PLATFORM)));
        return FunctionApplication.start(environment, AzureApplication.class);
    }

    @Bean
    HttpTriggers httpTriggers(HttpDoor door) {
        return new HttpTriggers(door);
    }

    /**
     * The time budget of an invocation is {@code odometer.azure.patience}. It must be less than
     * {@code functionTimeout} in host.json.
     */
    @Bean
    Deliveries deliveries(BatchDoor door, BatchProcessor processor, Environment environment) {
        return new Deliveries(door, processor, deadlines(environment), length -> Thread.sleep(length.toMillis()));
    }

    private static Supplier<Deadline> deadlines(Environment environment) {
        Duration timeBudget = new Settings(environment::getProperty)
                .duration("odometer.azure.patience", DEFAULT_TIME_BUDGET, Duration.ofSeconds(1), Duration.ofDays(1));
        return () -> Deadline.in(timeBudget);
    }

    @Bean
    EventTriggers eventTriggers(Deliveries deliveries, Environment environment) {
        return new EventTriggers(deliveries, environment.getProperty("odometer.azure.kafka-brokers", "unknown"));
    }

    @Bean
    FileTriggers fileTriggers(Deliveries deliveries) {
        return new FileTriggers(deliveries);
    }

    @Bean
    TimerTriggers timerTriggers(ScheduleDoor door, Environment environment, ObjectProvider<Clock> clock) {
        String schedule = environment.getProperty("odometer.azure.schedule", "");
        return new TimerTriggers(door, schedule, deadlines(environment), clock.getIfAvailable(Clock::systemUTC));
    }
}

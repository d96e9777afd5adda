package dev.odometer.azure;

import dev.odometer.binding.Deadline;
import dev.odometer.door.DeliveryDoor;
import dev.odometer.door.HttpDoor;
import dev.odometer.door.ScheduleDoor;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.DefaultResourceLoader;

/** The application behind the triggers. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AzureApplication {

    static final String PATIENCE = "PT4M";

    /** Settings are the app's; a file that some jar brings is not. */
    private static final String NO_FILES = "odometer-azure";

    /**
     * With the class loader of the functions, which is not the one that the worker's threads have.
     *
     * @throws IllegalStateException without a database; one that is away is no reason
     */
    static ConfigurableApplicationContext start() {
        var loader = new DefaultResourceLoader(AzureApplication.class.getClassLoader());
        return new SpringApplicationBuilder(loader, AzureApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.config.name=" + NO_FILES)
                .initializers(context -> requireDatabase(context.getEnvironment()))
                .run();
    }

    private static void requireDatabase(Environment environment) {
        if (environment.getProperty("odometer.database.url", "").isBlank()) {
            throw new IllegalStateException("No database is set: ODOMETER_DATABASE_URL must be a jdbc:postgresql: URL");
        }
    }

    @Bean
    HttpTriggers httpTriggers(HttpDoor door) {
        return new HttpTriggers(door);
    }

    /** {@code odometer.azure.patience}, an ISO 8601 duration: less than {@code functionTimeout} of host.json. */
    @Bean
    Deliveries deliveries(DeliveryDoor door, Environment environment) {
        Duration patience = Duration.parse(environment.getProperty("odometer.azure.patience", PATIENCE));
        return new Deliveries(door, () -> Deadline.in(patience));
    }

    @Bean
    EventTriggers eventTriggers(Deliveries deliveries) {
        return new EventTriggers(deliveries);
    }

    @Bean
    FileTriggers fileTriggers(Deliveries deliveries) {
        return new FileTriggers(deliveries);
    }

    @Bean
    TimerTriggers timerTriggers(ScheduleDoor door, Environment environment) {
        return new TimerTriggers(door, environment.getProperty("odometer.azure.schedule", ""), Clock.systemUTC());
    }
}

package dev.odometer.aws.lambda;

import dev.odometer.aws.lambda.batch.BatchConfiguration;
import dev.odometer.aws.lambda.batch.BatchKinds;
import dev.odometer.aws.lambda.event.EventKinds;
import dev.odometer.aws.lambda.http.HttpKinds;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.start.FunctionApplication;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The application of the handler. */
@Configuration(proxyBeanMethods = false)
class LambdaApplication {

    private static final String PLATFORM = "aws-lambda";

    static ConfigurableApplicationContext start() {
        LambdaLog.install();
        return start(new StandardEnvironment());
    }

    static ConfigurableApplicationContext start(ConfigurableEnvironment environment) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(PLATFORM, Map.of("odometer.platform", PLATFORM)));
        return FunctionApplication.start(environment, LambdaApplication.class, BatchConfiguration.class);
    }

    @Bean
    EventKinds eventKinds(HttpDoor http, BatchKinds batches) {
        return new EventKinds(Stream.of(HttpKinds.of(http), batches.rows())
                .flatMap(List::stream)
                .toList());
    }
}

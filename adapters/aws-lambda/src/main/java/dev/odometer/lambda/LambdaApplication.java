package dev.odometer.lambda;

import dev.odometer.door.HttpDoor;
import dev.odometer.door.start.FunctionApplication;
import dev.odometer.lambda.batch.BatchConfiguration;
import dev.odometer.lambda.batch.BatchKinds;
import dev.odometer.lambda.http.HttpKinds;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.StandardEnvironment;

/** The application behind the handler. */
@Configuration(proxyBeanMethods = false)
@Import(BatchConfiguration.class)
class LambdaApplication {

    static ConfigurableApplicationContext start() {
        LambdaLog.install();
        return FunctionApplication.start(new StandardEnvironment(), LambdaApplication.class);
    }

    @Bean
    EventKinds eventKinds(HttpDoor http, BatchKinds batches) {
        return new EventKinds(Stream.of(HttpKinds.of(http), batches.rows())
                .flatMap(List::stream)
                .toList());
    }
}

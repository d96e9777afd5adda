package dev.odometer.lambda;

import dev.odometer.door.HttpDoor;
import dev.odometer.lambda.batch.BatchConfiguration;
import dev.odometer.lambda.batch.BatchKinds;
import dev.odometer.lambda.http.HttpKinds;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The application behind the handler. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(BatchConfiguration.class)
class LambdaApplication {

    static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(LambdaApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off")
                .run();
    }

    @Bean
    EventKinds eventKinds(HttpDoor http, BatchKinds batches) {
        return new EventKinds(Stream.of(HttpKinds.of(http), batches.rows())
                .flatMap(List::stream)
                .toList());
    }
}

package dev.odometer.lambda;

<<<<<<< HEAD
import dev.odometer.door.HttpDoor;
import dev.odometer.lambda.http.HttpKinds;
=======
import dev.odometer.lambda.batch.BatchConfiguration;
import dev.odometer.lambda.batch.BatchKinds;
>>>>>>> l2
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

    static EventKinds start() {
        return context().getBean(EventKinds.class);
    }

    private static ConfigurableApplicationContext context() {
        return new SpringApplicationBuilder(LambdaApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off")
                .run();
    }

    @Bean
<<<<<<< HEAD
    EventKinds eventKinds(HttpDoor http) {
        return new EventKinds(HttpKinds.of(http));
=======
    EventKinds eventKinds(BatchKinds batches) {
        return new EventKinds(batches.rows());
>>>>>>> l2
    }
}

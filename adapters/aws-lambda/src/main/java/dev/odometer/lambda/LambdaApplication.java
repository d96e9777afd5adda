package dev.odometer.lambda;

import dev.odometer.door.HttpDoor;
import dev.odometer.lambda.http.HttpKinds;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The application behind the handler. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class LambdaApplication {

    static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(LambdaApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off")
                .run();
    }

    @Bean
    EventKinds eventKinds(HttpDoor http) {
        return new EventKinds(HttpKinds.of(http));
    }
}

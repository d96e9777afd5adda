package dev.odometer.google;

import dev.odometer.door.Envelope;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** The application behind the function. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GoogleApplication {

    static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(GoogleApplication.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "odometer.push=on")
                .run();
    }

    @Bean
    Envelope googleEnvelope() {
        return new GoogleEnvelope();
    }
}

package dev.odometer.google.cloud;

import dev.odometer.door.http.Envelope;
import dev.odometer.door.start.FunctionApplication;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The application context that the function uses. */
@Configuration(proxyBeanMethods = false)
class GoogleApplication {

    /** Defaults with the lowest precedence. */
    private static final Map<String, Object> DEFAULTS =
            Map.of("odometer.push", "on", "odometer.platform", "google-cloud");

    static ConfigurableApplicationContext start() {
        return start(new StandardEnvironment());
    }

    static ConfigurableApplicationContext start(ConfigurableEnvironment environment) {
        environment.getPropertySources().addLast(new MapPropertySource("google-cloud", DEFAULTS));
        return FunctionApplication.start(environment, GoogleApplication.class);
    }

    @Bean
    Envelope googleEnvelope() {
        return new GoogleEnvelope();
    }
}

package dev.odometer.conformance;

import dev.odometer.api.functions.InMemoryPorts;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.postgres.PostgresConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The functions and the door on in-memory stores, without a socket or a database. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = PostgresConfiguration.class)
@Import(InMemoryPorts.class)
class InMemoryApp {

    /** The settings that enable every schedule. */
    static final String[] EVERY_SCHEDULE = {
        "odometer.exports.container=exports",
        "odometer.exports.days=7",
        "odometer.archive.container=archive",
        "odometer.archive.events-days=30",
        "odometer.retention.exports-days=90",
        "odometer.billing.hand-off-from=2026-11-01T00:00:00Z"
    };

    static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(InMemoryApp.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.config.name=none", "odometer.files.store=memory")
                .properties("odometer.portal.token-secret=" + Case.PORTAL_SECRET)
                .properties(properties)
                .run();
    }

    static HttpDoor door(ConfigurableApplicationContext context) {
        return context.getBean(HttpDoor.class);
    }
}

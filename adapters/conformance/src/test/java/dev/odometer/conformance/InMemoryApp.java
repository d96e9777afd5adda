package dev.odometer.conformance;

import dev.odometer.customer.Customers;
import dev.odometer.customer.InMemoryCustomers;
import dev.odometer.customer.InMemorySubjects;
import dev.odometer.customer.Subjects;
import dev.odometer.door.HttpDoor;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.entitlement.Features;
import dev.odometer.entitlement.InMemoryEntitlements;
import dev.odometer.entitlement.InMemoryFeatures;
import dev.odometer.export.Exports;
import dev.odometer.export.InMemoryExports;
import dev.odometer.file.FileStore;
import dev.odometer.file.InMemoryFileStore;
import dev.odometer.imports.Imports;
import dev.odometer.imports.InMemoryImports;
import dev.odometer.meter.InMemoryMeters;
import dev.odometer.meter.Meters;
import dev.odometer.notification.InMemoryNotifications;
import dev.odometer.notification.InMemoryOutbox;
import dev.odometer.notification.Notifications;
import dev.odometer.notification.Outbox;
import dev.odometer.portal.InMemoryPortalTokens;
import dev.odometer.portal.PortalTokens;
import dev.odometer.postgres.PostgresConfiguration;
import dev.odometer.schedule.InMemoryTickLog;
import dev.odometer.schedule.TickLog;
import dev.odometer.usage.InMemoryUsageLog;
import dev.odometer.usage.UsageLog;
import java.time.Clock;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The functions and the door on lists in memory: no socket, no database. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = PostgresConfiguration.class)
class InMemoryApp {

    /** The settings that switch every schedule on. */
    static final String[] EVERY_SCHEDULE = {
        "odometer.exports.container=exports", "odometer.exports.days=7", "odometer.retention.exports-days=90"
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

    @Bean
    UsageLog usageLog() {
        return new InMemoryUsageLog(Clock.systemUTC());
    }

    @Bean
    Meters meters() {
        return new InMemoryMeters();
    }

    @Bean
    Imports imports(UsageLog log) {
        return new InMemoryImports(log);
    }

    @Bean
    Customers customers() {
        return new InMemoryCustomers();
    }

    @Bean
    Subjects subjects() {
        return new InMemorySubjects();
    }

    @Bean
    Features features(Meters meters) {
        return new InMemoryFeatures(meters);
    }

    @Bean
    Entitlements entitlements(Features features, Meters meters, Customers customers, UsageLog usage) {
        return new InMemoryEntitlements(features, meters, customers, usage);
    }

    @Bean
    Exports exports() {
        return new InMemoryExports();
    }

    @Bean
    PortalTokens portalTokens() {
        return new InMemoryPortalTokens();
    }

    @Bean
    Notifications notifications() {
        return new InMemoryNotifications();
    }

    @Bean
    Outbox outbox(Notifications notifications) {
        return new InMemoryOutbox((InMemoryNotifications) notifications);
    }

    @Bean
    FileStore files() {
        return new InMemoryFileStore();
    }

    @Bean
    TickLog ticks() {
        return new InMemoryTickLog();
    }
}

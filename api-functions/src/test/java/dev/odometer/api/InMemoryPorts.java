package dev.odometer.api;

import dev.odometer.customer.Customers;
import dev.odometer.customer.InMemoryCustomers;
import dev.odometer.customer.InMemorySubjects;
import dev.odometer.customer.Subjects;
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
import dev.odometer.schedule.InMemoryTickLog;
import dev.odometer.schedule.TickLog;
import dev.odometer.usage.InMemoryUsageLog;
import dev.odometer.usage.UsageLog;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every port that functions need, in memory: the wiring of tests that run functions without a database. */
@Configuration(proxyBeanMethods = false)
public class InMemoryPorts {

    @Bean
    public UsageLog usageLog() {
        return new InMemoryUsageLog(Clock.systemUTC());
    }

    @Bean
    public Meters meters() {
        return new InMemoryMeters();
    }

    @Bean
    public Imports imports(UsageLog log) {
        return new InMemoryImports(log);
    }

    @Bean
    public Customers customers() {
        return new InMemoryCustomers();
    }

    @Bean
    public Subjects subjects() {
        return new InMemorySubjects();
    }

    @Bean
    public Features features(Meters meters) {
        return new InMemoryFeatures(meters);
    }

    @Bean
    public Entitlements entitlements(Features features, Meters meters, Customers customers, UsageLog usage) {
        return new InMemoryEntitlements(features, meters, customers, usage);
    }

    @Bean
    public Exports exports() {
        return new InMemoryExports();
    }

    @Bean
    public PortalTokens portalTokens() {
        return new InMemoryPortalTokens();
    }

    @Bean
    public Notifications notifications() {
        return new InMemoryNotifications();
    }

    @Bean
    public Outbox outbox(Notifications notifications) {
        return new InMemoryOutbox((InMemoryNotifications) notifications);
    }

    @Bean
    public FileStore files() {
        return new InMemoryFileStore();
    }

    @Bean
    public TickLog ticks() {
        return new InMemoryTickLog();
    }
}

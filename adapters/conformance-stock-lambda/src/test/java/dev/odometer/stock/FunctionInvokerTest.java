package dev.odometer.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.InMemoryCustomers;
import dev.odometer.metering.customer.InMemorySubjects;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.entitlement.InMemoryEntitlements;
import dev.odometer.metering.entitlement.InMemoryFeatures;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.export.InMemoryExports;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.InMemoryImports;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.notification.InMemoryNotifications;
import dev.odometer.metering.notification.InMemoryOutbox;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.metering.portal.InMemoryPortalTokens;
import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;
import org.springframework.context.annotation.Bean;

/** {@code recordUsage} and {@code queryUsage} under the stock {@code FunctionInvoker}, on lists in memory. */
class FunctionInvokerTest {

    private static final String MAIN_CLASS = "MAIN_CLASS";
    private static final InMemoryUsageLog LOG = new InMemoryUsageLog(Clock.systemUTC());
    private static final InMemoryMeters METERS = new InMemoryMeters();

    /** What the adapter starts. */
    @SpringBootApplication
    static class App {

        @Bean
        UsageLog usageLog() {
            return LOG;
        }

        @Bean
        Meters meters() {
            return METERS;
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
        Notifications notifications() {
            return new InMemoryNotifications();
        }

        @Bean
        Outbox outbox(Notifications notifications) {
            return new InMemoryOutbox((InMemoryNotifications) notifications);
        }

        @Bean
        Exports exports() {
            return new InMemoryExports();
        }

        @Bean
        Features features(Meters meters) {
            return new InMemoryFeatures(meters);
        }

        @Bean
        Entitlements entitlements(Features features, Meters meters, Customers customers, UsageLog log) {
            return new InMemoryEntitlements(features, meters, customers, log);
        }

        @Bean
        PortalTokens portalTokens() {
            return new InMemoryPortalTokens();
        }
    }

    @BeforeAll
    static void namesTheApplication() {
        System.setProperty(MAIN_CLASS, App.class.getName());
    }

    @AfterAll
    static void forgetsTheApplication() {
        System.clearProperty(MAIN_CLASS);
    }

    private static String invoke(String function, String event) throws IOException {
        var answer = new ByteArrayOutputStream();
        new FunctionInvoker(function)
                .handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
        return answer.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatOneFunctionRecordsTheOtherFinds() throws IOException {
        METERS.add(new MeterDraft("requests", null, null, null, Aggregation.COUNT, "request", null, null, null)
                .toMeter("01K00000000000000000000000", Instant.parse("2026-01-01T00:00:00Z")));
        String event = """
                [{"specversion": "1.0", "id": "e-1", "source": "test", "type": "request", "subject": "acme",
                  "time": "2026-03-01T10:00:00Z"}]
                """;

        invoke("recordUsage", event);
        invoke("recordUsage", event);

        assertThat(invoke("queryUsage", "{\"meterIdOrSlug\": \"requests\"}")).contains("\"value\":1");
    }
}

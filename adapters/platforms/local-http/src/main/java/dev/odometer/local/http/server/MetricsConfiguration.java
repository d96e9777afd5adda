package dev.odometer.local.http.server;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.DeadLetterObserver;
import dev.odometer.door.http.DoorSettings;
import dev.odometer.door.json.Json;
import dev.odometer.door.start.ServiceIdentity;
import dev.odometer.functions.binding.Binding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Metrics without Spring Boot Actuator: a registry, its binders, {@code /prometheus}, and {@code /version}. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    @Bean(destroyMethod = "close")
    JvmGcMetrics garbageCollection() {
        return new JvmGcMetrics();
    }

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meterRegistry(JvmGcMetrics garbageCollection, Environment environment) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List<MeterBinder> binders = List.of(
                garbageCollection,
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
        var tags = Tags.empty();
        for (Map.Entry<String, String> known : ServiceIdentity.of(environment).entrySet()) {
            tags = tags.and(known.getKey(), known.getValue());
        }
        Gauge.builder("application.info", () -> 1)
                .description("The name and the version of the service")
                .tags(tags)
                .register(registry);
        return registry;
    }

    /** The counters exist from the start, so that a query sees the first dead letter of a channel as an increase. */
    @Bean
    DeadLetterObserver deadLetterCounters(PrometheusMeterRegistry registry, BatchDoor door) {
        var counters = new HashMap<String, Counter>();
        for (Binding binding : door.bindings()) {
            counters.put(
                    binding.channel(),
                    Counter.builder("odometer.dead.letters")
                            .description("Messages that became dead letters")
                            .tag("channel", binding.channel())
                            .register(registry));
        }
        return channel -> Objects.requireNonNull(counters.get(channel)).increment();
    }

    @Bean
    RequestMeters requestMeters(PrometheusMeterRegistry registry) {
        return new RequestMeters(registry);
    }

    @Bean
    ServletRegistrationBean<ManagementServlet> metricsServlet(PrometheusMeterRegistry registry, DoorSettings settings) {
        return new ServletRegistrationBean<>(
                new ManagementServlet(PROMETHEUS, registry::scrape, settings), "/prometheus");
    }

    @Bean
    ServletRegistrationBean<ManagementServlet> versionServlet(
            DoorSettings settings, Json json, Environment environment) {
        String version = new String(json.write(ServiceIdentity.of(environment)), StandardCharsets.UTF_8);
        return new ServletRegistrationBean<>(
                new ManagementServlet("application/json", () -> version, settings), "/version");
    }
}

package dev.odometer.local.http.server;

import dev.odometer.door.http.DoorSettings;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics without Spring Boot Actuator: a registry, its binders, and {@code /prometheus}. */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

    @Bean(destroyMethod = "close")
    JvmGcMetrics garbageCollection() {
        return new JvmGcMetrics();
    }

    @Bean(destroyMethod = "close")
    PrometheusMeterRegistry meterRegistry(JvmGcMetrics garbageCollection) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List<MeterBinder> binders = List.of(
                garbageCollection,
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
        return registry;
    }

    @Bean
    RequestMeters requestMeters(PrometheusMeterRegistry registry) {
        return new RequestMeters(registry);
    }

    @Bean
    ServletRegistrationBean<MetricsServlet> metricsServlet(PrometheusMeterRegistry registry, DoorSettings settings) {
        return new ServletRegistrationBean<>(new MetricsServlet(registry, settings), "/prometheus");
    }
}

package dev.odometer.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.odometer.postgres.backlog.BacklogMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics of the pool and of what waits in the database, if there is a meter registry. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
class DatabaseMetrics {

    @Bean
    SmartInitializingSingleton poolMetrics(
            ObjectProvider<HikariDataSource> pool, ObjectProvider<MeterRegistry> registry) {
        return () -> registry.ifAvailable(meters -> pool.ifAvailable(
                source -> source.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters))));
    }

    @Bean
    SmartInitializingSingleton backlogMetrics(
            ObjectProvider<PostgresStore> store, ObjectProvider<MeterRegistry> registry) {
        return () -> registry.ifAvailable(
                meters -> new BacklogMetrics(() -> store.getObject().backlog().read()).bindTo(meters));
    }
}

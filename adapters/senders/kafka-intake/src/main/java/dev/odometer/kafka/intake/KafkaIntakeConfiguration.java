package dev.odometer.kafka.intake;

import dev.odometer.door.DoorConfiguration;
import dev.odometer.door.json.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configures the intake that sends reported events to Kafka instead of counting them in the request. It is active when
 * {@code odometer.ingest} is {@code kafka}. Settings: {@code odometer.kafka.bootstrap-servers} (default
 * 127.0.0.1:9092), {@code .security-protocol}, {@code .sasl-mechanism}, {@code .sasl-jaas-config} and {@code
 * .properties.*}. The service starts while the brokers are unavailable, but not if their host names cannot be resolved.
 */
@AutoConfiguration(after = DoorConfiguration.class, beforeName = "dev.odometer.api.functions.events.EventsModule")
@ConditionalOnProperty(name = "odometer.ingest", havingValue = "kafka")
public class KafkaIntakeConfiguration {

    @Bean(destroyMethod = "close")
    KafkaUsageIntake kafkaUsageIntake(Environment environment, Json json, ObjectProvider<MeterRegistry> meters) {
        return new KafkaUsageIntake(
                IntakeSettings.from(environment),
                new EventRecords(json),
                meters.getIfAvailable(CompositeMeterRegistry::new));
    }
}

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
 * Sends what is reported to Kafka instead of counting it here, wherever {@code odometer.ingest} is {@code kafka}, with
 * {@code odometer.kafka.bootstrap-servers} (127.0.0.1:9092), {@code .security-protocol}, {@code .sasl-mechanism},
 * {@code .sasl-jaas-config} and {@code .properties.*}. A broker that is away does not keep the service from starting, one whose name nobody knows
 * does.
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

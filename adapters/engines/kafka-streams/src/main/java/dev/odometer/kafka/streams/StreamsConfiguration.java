package dev.odometer.kafka.streams;

import dev.odometer.door.batch.EventItems;
import dev.odometer.door.json.Json;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.usage.DeltaWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The beans of the engine, in addition to those of the Kafka worker. */
@Configuration(proxyBeanMethods = false)
class StreamsConfiguration {

    @Bean
    StreamsSettings streamsSettings(Environment environment) {
        return StreamsSettings.from(environment);
    }

    @Bean
    CountingEngine countingEngine(
            StreamsSettings settings,
            PostgresStore store,
            Json json,
            ObjectProvider<Clock> clock,
            MeterRegistry registry) {
        DeltaWriter deltas = store.deltas();
        var topology = new CountingTopology(
                settings,
                EventItems.of(json, UsageEvent.class),
                new MeterFeed(deltas.meters()::current),
                clock.getIfAvailable(Clock::systemUTC),
                new EngineMetrics(registry));
        return new CountingEngine(settings, topology, deltas, registry);
    }
}

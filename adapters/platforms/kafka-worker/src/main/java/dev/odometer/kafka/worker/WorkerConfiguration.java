package dev.odometer.kafka.worker;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.DeadLetterWriter;
import dev.odometer.door.health.Readiness;
import dev.odometer.door.json.Json;
import dev.odometer.door.start.ServiceIdentity;
import dev.odometer.door.start.UnusedSettings;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.health.ReadinessCheck;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.cloud.stream.binder.BindingCreatedEvent;
import org.springframework.cloud.stream.binder.kafka.KafkaBinderMetrics;
import org.springframework.cloud.stream.binder.kafka.config.ClientFactoryCustomizer;
import org.springframework.cloud.stream.binder.kafka.provisioning.AdminClientConfigCustomizer;
import org.springframework.cloud.stream.binder.kafka.support.ConsumerConfigCustomizer;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;

/** The worker's beans. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int DATABASE_TIMEOUT_SECONDS = 2;
    private static final int MAX_PORT = 65_535;
    private static final Optional<String> UNRESPONSIVE = Optional.of("the database does not respond");

    @Bean
    KafkaSettings kafkaSettings(Environment environment) {
        return KafkaSettings.from(environment);
    }

    @Bean
    PrometheusMeterRegistry meterRegistry(Environment environment) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
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

    @Bean
    JvmGcMetrics gcMetrics(PrometheusMeterRegistry registry) {
        var metrics = new JvmGcMetrics();
        metrics.bindTo(registry);
        return metrics;
    }

    @Bean
    Containers containers(KafkaSettings settings) {
        return new Containers(settings);
    }

    @Bean(Consumers.RAW_RECORDS)
    RawRecords rawRecords() {
        return new RawRecords();
    }

    @Bean
    DeadLetterPublisher deadLetterPublisher(KafkaSettings settings) {
        return new DeadLetterPublisher(settings);
    }

    /** Poison messages are published to topics, so a store is not needed. */
    @Bean
    DeadLetterWriter workerDeadLetters(ObjectProvider<DeadLetters> store, ObjectProvider<Clock> clock) {
        return new DeadLetterWriter(store.getIfAvailable(), clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    AdminClientConfigCustomizer adminClients(KafkaSettings settings) {
        return properties -> properties.putAll(settings.clients());
    }

    /**
     * Sets our defaults, then the operator's properties, which override them, and last the properties that exact
     * counting depends on, which cannot be overridden.
     */
    @Bean
    ConsumerConfigCustomizer consumerClients(KafkaSettings settings) {
        return (properties, channel, topic) -> {
            // Large batches, because each batch is one call of the function and one database transaction.
            properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
            properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);
            // A rebalance revokes only the partitions that move.
            properties.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
            properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            properties.putAll(settings.clients());
            properties.putAll(Map.of(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class,
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class));
        };
    }

    @Bean
    ClientFactoryCustomizer clientMetrics(PrometheusMeterRegistry registry) {
        return new ClientFactoryCustomizer() {
            @Override
            public void configure(ConsumerFactory<?, ?> factory) {
                factory.addListener(new MicrometerConsumerListener<>(registry));
            }
        };
    }

    /**
     * Replaces the binder's own metrics, which open an additional consumer per topic to compute the lag that the
     * clients' metrics already report.
     */
    @Bean
    KafkaBinderMetrics noBinderMetrics() {
        return new KafkaBinderMetrics(null, null) {
            @Override
            public void bindTo(MeterRegistry registry) {}

            @Override
            public void onApplicationEvent(BindingCreatedEvent created) {}
        };
    }

    /** Removes the binder's error channel, which logs whole batches. The container's error handler handles failures. */
    @Bean
    @SuppressWarnings("NullAway") // the setter takes null for no error channel
    ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>> plainEndpoint() {
        return (endpoint, topic, group) -> endpoint.setErrorChannel(null);
    }

    @Bean
    Consumers consumers(BatchDoor door, BindingService service, KafkaSettings settings, ChannelHandler.Wiring wiring) {
        return new Consumers(door, service, settings, wiring);
    }

    @Bean
    ChannelHandler.Wiring wiring(
            BatchProcessor processor,
            Environment environment,
            DeadLetterPublisher deadLetters,
            PrometheusMeterRegistry registry) {
        return new ChannelHandler.Wiring(processor, new Topics(environment), deadLetters, new WorkerMeters(registry));
    }

    @Bean
    Probes probes(
            Environment environment,
            Containers containers,
            ObjectProvider<DataSource> databases,
            ObjectProvider<ReadinessCheck> checks,
            BatchDoor door,
            Json json,
            PrometheusMeterRegistry registry) {
        var address = new InetSocketAddress(
                environment.getProperty("odometer.worker.address", "127.0.0.1"),
                new Settings(environment::getProperty).number("odometer.worker.port", 8889, 0, MAX_PORT));
        boolean hasOwnConsumers = door.bindings().isEmpty() && checks.stream().anyMatch(OwnConsumers.class::isInstance);
        ReadinessCheck consuming = () -> hasOwnConsumers || containers.areRunning()
                ? Optional.empty()
                : Optional.of("a consumer has stopped or has not started yet");
        var readiness = new Readiness(
                () -> Stream.of(
                                Stream.of(consuming),
                                databases.stream().<ReadinessCheck>map(database -> () -> problem(database)),
                                checks.orderedStream())
                        .flatMap(all -> all),
                json);
        try {
            return new Probes(address, readiness, registry);
        } catch (IOException | UnresolvedAddressException unusable) {
            throw new StartRefusal(
                    "Health checks cannot be served at " + address.getHostString() + ":" + address.getPort() + ": "
                            + unusable,
                    "Set odometer.worker.address and odometer.worker.port to a free port of this machine.");
        }
    }

    private static Optional<String> problem(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_TIMEOUT_SECONDS) ? Optional.empty() : UNRESPONSIVE;
        } catch (SQLException unavailable) {
            return UNRESPONSIVE;
        }
    }

    @Bean
    UnusedSettings unusedSettings() {
        return new UnusedSettings();
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> greeting(Probes probes) {
        return ready -> LOG.info(
                "Serving health checks at http://{}:{}/healthz",
                probes.address().getHostAddress(),
                probes.port());
    }
}

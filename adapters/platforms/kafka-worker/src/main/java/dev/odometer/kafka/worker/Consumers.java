package dev.odometer.kafka.worker;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.refusal.StartRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.binder.ConsumerProperties;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.integration.channel.DirectChannel;

/**
 * Binds each channel to its topic when the application is ready, and unbinds it at the start of a shutdown, before the
 * functions and their connections are closed.
 */
final class Consumers implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Consumers.class);
    /** The name of the {@link RawRecords} bean. */
    static final String RAW_RECORDS = "rawRecords";

    private final BatchDoor door;
    private final BindingService service;
    private final KafkaSettings settings;
    private final ChannelHandler.Wiring wiring;
    private final List<String> bound = new ArrayList<>();

    Consumers(BatchDoor door, BindingService service, KafkaSettings settings, ChannelHandler.Wiring wiring) {
        this.door = door;
        this.service = service;
        this.settings = settings;
        this.wiring = wiring;
    }

    @Override
    public void start() {
        List<Binding> bindings = door.bindings();
        checkTopics(wiring.topics().all(bindings));
        bindings.forEach(this::bind);
    }

    private void checkTopics(Set<String> needed) {
        try (var admin = new TopicAdmin(settings)) {
            Set<String> missing = admin.missing(needed);
            if (settings.createTopics()) {
                admin.create(missing, OptionalInt.empty(), OptionalInt.empty());
            } else if (!missing.isEmpty()) {
                throw new StartRefusal(
                        "These topics do not exist: " + missing + ".",
                        "Create them: java -jar <this jar> topics --partitions=6 --replication=3. "
                                + "For development, ODOMETER_KAFKA_CREATE_TOPICS=true creates them at startup.");
            }
        }
    }

    private void bind(Binding binding) {
        String channel = binding.channel();
        String topic = wiring.topics().of(channel);
        configure(channel, topic);
        var input = new DirectChannel();
        input.setBeanName(channel);
        var handler = new ChannelHandler(wiring, binding, settings.timeBudget());
        input.subscribe(message -> handler.handle((Batch) message.getPayload()));
        service.bindConsumer(input, channel);
        bound.add(channel);
        LOG.info("{}: consuming topic {} with function {}", channel, topic, binding.function());
    }

    private void configure(String channel, String topic) {
        BindingProperties properties = service.getBindingServiceProperties()
                .getBindings()
                .computeIfAbsent(channel, name -> new BindingProperties());
        properties.setDestination(topic);
        properties.setGroup(settings.group());
        ConsumerProperties consumer =
                properties.getConsumer() == null ? new ConsumerProperties() : properties.getConsumer();
        consumer.setBatchMode(true);
        consumer.setUseNativeDecoding(true);
        consumer.setConcurrency(settings.concurrency());
        properties.setConsumer(consumer);
    }

    @Override
    public void stop() {
        bound.forEach(service::unbindConsumers);
        if (settings.instance() != null) {
            leaveGroup();
        }
        bound.clear();
    }

    /**
     * Removes this worker's static members from the group. Closing a static member's consumer does not leave the group,
     * and its partitions would stay unassigned until the session times out.
     */
    private void leaveGroup() {
        try (var admin = new TopicAdmin(settings)) {
            for (String channel : bound) {
                List<String> members = IntStream.range(0, settings.concurrency())
                        .mapToObj(
                                i -> settings.instance() + "-" + wiring.topics().of(channel) + "-" + i)
                        .toList();
                admin.remove(settings.group(), members);
            }
        } catch (RuntimeException failure) {
            LOG.warn(
                    "Leaving the consumer group failed; its partitions are reassigned after the session timeout: {}",
                    failure.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return !bound.isEmpty();
    }
}

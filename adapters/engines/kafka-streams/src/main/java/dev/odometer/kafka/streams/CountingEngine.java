package dev.odometer.kafka.streams;

import dev.odometer.kafka.worker.OwnConsumers;
import dev.odometer.postgres.usage.DeltaWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the processing and the writing of deltas while the application is running. */
final class CountingEngine implements SmartLifecycle, OwnConsumers {

    private static final Logger LOG = LoggerFactory.getLogger(CountingEngine.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    private static final int PAUSE_MILLIS = 1000;

    private final StreamsSettings settings;
    private final CountingTopology topology;
    private final DeltaWriter writer;
    private final MeterRegistry registry;
    private @Nullable Running running;

    CountingEngine(StreamsSettings settings, CountingTopology topology, DeltaWriter writer, MeterRegistry registry) {
        this.settings = settings;
        this.topology = topology;
        this.writer = writer;
        this.registry = registry;
    }

    private record Running(
            EngineTopics topics, StateMemory.Shared memory, KafkaStreams streams, DeltaSink sink, Thread thread) {}

    @Override
    public synchronized void start() {
        var topics = new EngineTopics(settings);
        DeltaSink.Topic deltas;
        try {
            deltas = topics.prepare();
            topics.setStart(writer.hasEvents());
        } catch (RuntimeException refused) {
            topics.close();
            throw refused;
        }
        var memory = new StateMemory.Shared(settings.memory());
        var streams = new KafkaStreams(topology.build(), StreamsProperties.streams(settings, topology.feed(), memory));
        streams.setUncaughtExceptionHandler(CountingEngine::replaced);
        new KafkaStreamsMetrics(streams).bindTo(registry);
        new StateMetrics(streams).bindTo(registry);
        var sink = new DeltaSink(deltas, writer, this::consumer, topics::deleteBefore, topology.metrics());
        var thread = new Thread(sink, settings.deltaTopic());
        running = new Running(topics, memory, streams, sink, thread);
        thread.start();
        streams.start();
        LOG.info("{}: counting the topic {}", settings.applicationId(), settings.topic());
    }

    /** No failure may skip a record: another thread continues at the last commit. */
    private static StreamThreadExceptionResponse replaced(Throwable failure) {
        LOG.error("The processing failed and begins again at its last commit", failure);
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private Consumer<byte[], byte[]> consumer() {
        var consumer = new KafkaConsumer<byte[], byte[]>(StreamsProperties.deltas(settings));
        new KafkaClientMetrics(consumer).bindTo(registry);
        return consumer;
    }

    @Override
    public synchronized Optional<String> problem() {
        if (running == null) {
            return Optional.of("the processing has not started yet");
        }
        State state = running.streams().state();
        boolean isUp = state == State.RUNNING || state == State.REBALANCING;
        return isUp ? running.sink().problem() : Optional.of("the processing is in the state " + state);
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            topology.feed().close();
            running.streams().close(CLOSE_TIMEOUT);
            running.sink().stop();
            try {
                running.thread().join(CLOSE_TIMEOUT.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            running.memory().close();
            running.topics().close();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}

package dev.odometer.kafka.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** The lag and the size of the state of this process, each as one number. */
final class StateMetrics implements MeterBinder {

    private static final Set<String> BYTES = Set.of("live-sst-files-size", "size-all-mem-tables");

    private final KafkaStreams streams;

    StateMetrics(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("odometer.streams.lag", () -> sum(StateMetrics::isLag))
                .description("Records that are not processed yet, in the partitions of this process")
                .register(registry);
        Gauge.builder(
                        "odometer.streams.identities",
                        () -> sum(name -> name.name().equals("estimate-num-keys")))
                .description("Identities of events in the state of this process; an estimate")
                .register(registry);
        Gauge.builder("odometer.streams.state.size", () -> sum(name -> BYTES.contains(name.name())))
                .baseUnit("bytes")
                .description("Size of the state of this process, on disk and in write buffers")
                .register(registry);
    }

    /** The lag of a partition, but not that of the consumers that restore state. */
    private static boolean isLag(MetricName name) {
        return name.name().equals("records-lag")
                && !name.tags().getOrDefault("client-id", "").contains("restore");
    }

    private double sum(Predicate<MetricName> isIncluded) {
        return streams.metrics().entrySet().stream()
                .filter(entry -> isIncluded.test(entry.getKey()))
                .mapToDouble(entry -> value(entry.getValue()))
                .sum();
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Number number && !Double.isNaN(number.doubleValue())
                ? number.doubleValue()
                : 0;
    }
}

package dev.odometer.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.EventItems;
import dev.odometer.door.json.Json;
import dev.odometer.kafka.worker.KafkaSettings;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.MeterReader;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.rollup.LiveMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The processing on the test driver of Kafka Streams, without a broker. */
class CountingTopologyTest {

    private static final Duration HORIZON = Duration.ofHours(1);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final List<LiveMeter> meters = new ArrayList<>();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;

    @BeforeEach
    void start() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("odometer.kafka.bootstrap-servers", "unused:1")));
        var settings = new StreamsSettings(
                KafkaSettings.from(environment),
                Map.of(),
                "app",
                "usage",
                "usage.parked",
                INTERVAL,
                HORIZON,
                1,
                folder,
                1 << 24,
                null);
        var feed = new MeterFeed(() -> type -> type.equals(Usage.TYPE) ? meters : List.of());
        var topology = new CountingTopology(
                settings,
                EventItems.of(new Json(), UsageEvent.class),
                feed,
                Clock.systemUTC(),
                new EngineMetrics(new SimpleMeterRegistry()));
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(topology.build(), properties, Instant.now());
        input = driver.createInputTopic("usage", new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void add(Aggregation aggregation, long rollup) {
        meters.add(new LiveMeter(new MeterReader(Usage.meter(aggregation)), rollup, null, false));
    }

    private void send(String id, String tokens) {
        input.pipeInput("any".getBytes(UTF_8), """
                {"specversion":"1.0","id":"%s","source":"s","type":"call","subject":"acme",
                 "time":"2026-11-01T12:00:30Z","data":{"tokens":"%s","model":"m","user":"u"}}
                """.formatted(id, tokens).getBytes(UTF_8));
    }

    /** The deltas of an interval, by the rollup of their meter. */
    private Map<Long, TestRecord<byte[], byte[]>> deltas() {
        driver.advanceWallClockTime(INTERVAL);
        var byRollup = new java.util.TreeMap<Long, TestRecord<byte[], byte[]>>();
        driver.createOutputTopic("app-deltas", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .forEach(record -> byRollup.put(SeriesKey.of(record.key()).rollup(), record));
        return byRollup;
    }

    private static dev.odometer.postgres.rollup.Accumulator.Total total(TestRecord<byte[], byte[]> record) {
        var reader = new Binary.Reader(record.value()).version(1);
        assertThat(reader.large())
                .isEqualTo(Instant.parse("2026-11-01T12:00:00Z").getEpochSecond());
        assertThat(reader.tiny()).isZero();
        return MinuteTotal.of(reader.sized());
    }

    private static dev.odometer.postgres.rollup.Accumulator.Total total(
            Map<Long, TestRecord<byte[], byte[]>> deltas, long rollup) {
        return total(Objects.requireNonNull(deltas.get(rollup)));
    }

    @Test
    void addsUpTheEventsOfAnInterval() {
        add(Aggregation.SUM, 7);
        send("a", "0.1");
        send("b", "0.25");

        var deltas = deltas();

        assertThat(total(deltas, 7).count()).isEqualTo(2);
        assertThat(total(deltas, 7).amount()).isEqualByComparingTo("0.35");
    }

    @Test
    void sendsNothingTwice() {
        add(Aggregation.SUM, 7);
        send("a", "1");
        deltas();

        assertThat(deltas()).isEmpty();
    }

    @Test
    void countsARepeatedIdentityOnce() {
        add(Aggregation.COUNT, 7);
        send("a", "1");
        send("a", "2");

        assertThat(total(deltas(), 7).count()).isEqualTo(1);
    }

    @Test
    void knowsAnIdentityForTheHorizon() {
        add(Aggregation.COUNT, 7);
        send("a", "1");
        deltas();
        driver.advanceWallClockTime(HORIZON);
        send("a", "1");

        assertThat(deltas()).isEmpty();
    }

    @Test
    void forgetsAnIdentityAfterTwoHorizons() {
        add(Aggregation.COUNT, 7);
        send("a", "1");
        deltas();
        driver.advanceWallClockTime(HORIZON.multipliedBy(2));
        send("a", "1");

        assertThat(deltas()).hasSize(1);
    }

    @Test
    void sendsATextOnceInAnInterval() {
        add(Aggregation.UNIQUE_COUNT, 7);
        send("a", "1");
        send("b", "1");
        driver.advanceWallClockTime(INTERVAL);

        assertThat(driver.createOutputTopic("app-deltas", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .hasSize(2);
    }

    @Test
    void aMeterCountsEventsFromItsCreationOn() {
        send("a", "1");
        add(Aggregation.COUNT, 7);
        send("b", "1");
        send("a", "1");

        assertThat(total(deltas(), 7).count()).isEqualTo(1);
    }

    @Test
    void sendsPoisonToTheDeadLetterTopic() {
        var headers = new RecordHeaders();
        headers.add("trace", "t1".getBytes(UTF_8));
        input.pipeInput(new TestRecord<>("k".getBytes(UTF_8), "no event".getBytes(UTF_8), headers));

        var parked = driver.createOutputTopic("usage.parked", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecord();

        assertThat(parked.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(parked.value()).isEqualTo("no event".getBytes(UTF_8));
        assertThat(parked.headers().toArray())
                .extracting(header -> header.key())
                .containsExactly("trace", "odometer-reason", "odometer-topic", "odometer-partition", "odometer-offset");
    }

    @Test
    void ignoresATombstone() {
        input.pipeInput(new TestRecord<>("k".getBytes(UTF_8), null));

        assertThat(driver.createOutputTopic("usage.parked", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .isEmpty())
                .isTrue();
    }
}

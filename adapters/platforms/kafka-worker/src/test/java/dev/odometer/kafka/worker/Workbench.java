package dev.odometer.kafka.worker;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.Target;
import dev.odometer.metering.notification.Threshold;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.PostgresStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The isolated fixture of one test: a topic, its dead letter topic, a consumer group, two meters, and workers. */
final class Workbench implements AutoCloseable {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String name = "t" + COUNTER.incrementAndGet() + Long.toString(System.nanoTime(), 36);
    private final List<ConfigurableApplicationContext> workers = new ArrayList<>();
    private final Platform platform;
    private final PostgresStore store;
    private final Meter calls;
    private final Meter tokens;
    final Broker broker;
    final Events events = new Events(name, name);

    Workbench(Platform platform, int partitions) {
        this.platform = platform;
        var clients = new HashMap<>(platform.security());
        clients.put("bootstrap.servers", platform.servers());
        this.broker = new Broker(clients);
        this.store = new PostgresStore(platform.database(), Clock.systemUTC());
        this.calls = meter(Aggregation.COUNT, null);
        this.tokens = meter(Aggregation.SUM, "$.tokens");
        if (partitions > 0) {
            broker.create(new NewTopic(name, Optional.of(partitions), Optional.empty()));
            broker.create(new NewTopic(deadLetterTopic(), Optional.of(partitions), Optional.empty()));
        }
    }

    private Meter meter(Aggregation aggregation, @Nullable String value) {
        String slug = name + "_" + aggregation.name().toLowerCase(Locale.ROOT);
        Meter meter = new MeterDraft(slug, null, null, null, aggregation, name, null, value, null)
                .toMeter(slug, Instant.now());
        store.meters().add(meter);
        return meter;
    }

    String topic() {
        return name;
    }

    String deadLetterTopic() {
        return name + ".parked";
    }

    String group() {
        return name;
    }

    void send(Collection<ProducerRecord<byte[], byte[]>> records) {
        broker.send(records);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    final void send(ProducerRecord<byte[], byte[]>... records) {
        broker.send(List.of(records));
    }

    /** Starts a worker in this process. */
    ConfigurableApplicationContext worker(String... settings) {
        return start("recordUsage", settings);
    }

    private ConfigurableApplicationContext start(String function, String... settings) {
        var application = new SpringApplicationBuilder(Worker.class, TestFunctions.class).registerShutdownHook(false);
        var all = new ArrayList<>(List.of(arguments(settings)));
        all.add("--spring.cloud.function.definition=" + function);
        var worker = application.run(all.toArray(String[]::new));
        workers.add(worker);
        return worker;
    }

    /** A worker that also sends a webhook, to private addresses too, when a customer has more than one call. */
    ConfigurableApplicationContext notifyingWorker(Target.Webhook target) {
        Instant now = Instant.now();
        var ids = new Ulid(Clock.systemUTC());
        var channel = new Channel(ids.get(), "hook", false, target, Map.of(), Lifecycle.created(now));
        var threshold = new Threshold(Threshold.Kind.USAGE_VALUE, BigDecimal.ONE);
        var watch = new RuleCondition.OfUsage(
                calls.id(), calls.slug(), WindowSize.MONTH, ZoneOffset.UTC, List.of(), List.of(threshold));
        store.notifications().put(channel);
        store.notifications()
                .put(new Rule(
                        ids.get(), "calls", false, watch, List.of(channel.id()), Map.of(), Lifecycle.created(now)));
        return start("recordUsage;deliverNotifications", "--odometer.notifications.allow-private-addresses=true");
    }

    /** A worker whose function runs {@link TestFunctions#before} first, for the same topic. */
    ConfigurableApplicationContext gatedWorker(String... settings) {
        return start("gated", settings);
    }

    /** A worker with {@link TestFunctions#longWork} for the same topic. */
    ConfigurableApplicationContext fileWorker(String... settings) {
        return start("longWork", settings);
    }

    /** A worker that imports files of a folder, for the same topic. */
    ConfigurableApplicationContext importingWorker(Path folder) {
        return start("importUsageFile", "--odometer.files.store=folder", "--odometer.files.folder=" + folder);
    }

    String[] arguments(String... settings) {
        var arguments = new ArrayList<>(List.of(
                "--odometer.kafka.bootstrap-servers=" + platform.servers(),
                "--odometer.kafka.group=" + name,
                "--odometer.channels.usage.topic=" + name,
                "--odometer.channels.gated.topic=" + name,
                "--odometer.channels.work.topic=" + name,
                "--odometer.channels.files.topic=" + name,
                "--odometer.kafka.instance-id=",
                "--odometer.kafka.retry-from=20ms",
                "--odometer.kafka.retry-up-to=200ms",
                "--odometer.worker.port=0",
                "--odometer.database.url=" + platform.url(),
                "--odometer.database.user=" + platform.user(),
                "--odometer.database.password=" + platform.password()));
        for (String setting : settings) {
            // Spring joins the values of an option that is given twice.
            String name = setting.substring(0, setting.indexOf('=') + 1);
            arguments.removeIf(given -> given.startsWith(name));
            arguments.add(setting);
        }
        return arguments.toArray(String[]::new);
    }

    /** Waits until the group's lag is 0. */
    void awaitDone() {
        Wait.until(() -> broker.lag(name, name) == 0, () -> "lag " + broker.lag(name, name));
    }

    void awaitCalls(long expected) {
        Wait.until(() -> calls().compareTo(BigDecimal.valueOf(expected)) == 0, () -> "calls " + calls());
    }

    BigDecimal calls() {
        return value(calls);
    }

    BigDecimal tokens() {
        return value(tokens);
    }

    private BigDecimal value(Meter meter) {
        var query =
                new UsageQuery(meter, Range.ALL, null, ZoneOffset.UTC, null, null, false, false, List.of(), Map.of());
        return store.usage().query(query).stream()
                .map(UsageRow::value)
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }

    @Override
    public void close() {
        workers.forEach(ConfigurableApplicationContext::close);
        broker.close();
    }
}

package dev.odometer.kafka.worker;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.setting.Settings;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * {@code topics [--partitions=] [--replication=]}: creates the topics and dead letter topics of all bindings. An
 * omitted option takes the broker's default. Existing topics are left unchanged.
 */
final class TopicsCommand {

    /** More than a cluster of Kafka supports for one topic. */
    private static final int MAX_PARTITIONS = 100_000;

    private TopicsCommand() {}

    static void run(Environment options, List<Binding> bindings) {
        var settings = new Settings(options::getProperty);
        OptionalInt partitions = settings.number("partitions", 1, MAX_PARTITIONS);
        OptionalInt replication = settings.number("replication", 1, Short.MAX_VALUE);
        Set<String> needed = new Topics(options).all(bindings);
        try (var admin = new TopicAdmin(KafkaSettings.from(options))) {
            Set<String> created = admin.create(needed, partitions, replication);
            for (String topic : needed) {
                System.out.println(topic + (created.contains(topic) ? ": created" : ": already exists"));
            }
        }
    }
}

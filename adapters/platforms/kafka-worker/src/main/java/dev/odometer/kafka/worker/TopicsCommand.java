package dev.odometer.kafka.worker;

import dev.odometer.functions.binding.Binding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.Environment;

/**
 * {@code topics [--partitions=] [--replication=]}: creates the topics and dead letter topics of all bindings. An
 * omitted option takes the broker's default. Existing topics are left unchanged.
 */
final class TopicsCommand {

    private TopicsCommand() {}

    static void run(Environment options, List<Binding> bindings) {
        Set<String> needed = new Topics(options).all(bindings);
        try (var admin = new TopicAdmin(KafkaSettings.from(options))) {
            Set<String> created = admin.create(
                    needed,
                    Optional.ofNullable(options.getProperty("partitions", Integer.class)),
                    Optional.ofNullable(options.getProperty("replication", Short.class)));
            for (String topic : needed) {
                System.out.println(topic + (created.contains(topic) ? ": created" : ": already exists"));
            }
        }
    }
}

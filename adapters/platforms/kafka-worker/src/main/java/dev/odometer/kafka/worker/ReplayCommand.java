package dev.odometer.kafka.worker;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.refusal.StartRefusal;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * {@code replay --topic= [--reason-contains=] [--limit=] [--from-start]}: puts parked records back to the topic they came
 * from. It goes on where the last replay of the topic ended, unless it is told to start over.
 */
final class ReplayCommand {

    private ReplayCommand() {}

    static void run(Environment options, List<Binding> bindings) {
        String topic = options.getProperty("topic");
        if (topic == null || topic.isBlank()) {
            throw new StartRefusal(
                    "No topic is named.", "Name one: replay --topic=" + first(new Topics(options), bindings));
        }
        var wanted = new Replay.Wanted(
                topic,
                options.getProperty("reason-contains", ""),
                options.getProperty("limit", Long.class, Long.MAX_VALUE),
                options.containsProperty("from-start"));
        Replay.Summary summary = Replay.of(wanted, KafkaSettings.from(options));
        System.out.println(topic + ": " + summary.replayed() + " put back, " + summary.passed() + " passed over");
    }

    private static String first(Topics topics, List<Binding> bindings) {
        return bindings.stream().map(topics::parked).findFirst().orElse("usage.parked");
    }
}

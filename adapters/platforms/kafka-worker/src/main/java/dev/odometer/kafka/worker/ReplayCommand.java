package dev.odometer.kafka.worker;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * {@code replay --topic= [--reason-contains=] [--limit=] [--from-start]}: sends dead letters back to their original
 * topic. It continues where the last replay of the topic ended, unless {@code --from-start} is given.
 */
final class ReplayCommand {

    private ReplayCommand() {}

    static void run(Environment options, List<Binding> bindings) {
        String topic = options.getProperty("topic");
        if (topic == null || topic.isBlank()) {
            throw new StartRefusal(
                    "The option --topic is missing.",
                    "For example: replay --topic=" + first(new Topics(options), bindings));
        }
        var selection = new Replay.Selection(
                topic,
                options.getProperty("reason-contains", ""),
                new Settings(options::getProperty).number("limit", Integer.MAX_VALUE, 1, Integer.MAX_VALUE),
                options.containsProperty("from-start"));
        Replay.Summary summary = Replay.of(selection, KafkaSettings.from(options));
        System.out.println(topic + ": " + summary.replayed() + " replayed, " + summary.skipped() + " skipped");
    }

    private static String first(Topics topics, List<Binding> bindings) {
        return bindings.stream().map(topics::deadLetterTopic).findFirst().orElse("usage.parked");
    }
}

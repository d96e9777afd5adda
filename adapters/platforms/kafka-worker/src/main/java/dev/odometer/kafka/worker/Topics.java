package dev.odometer.kafka.worker;

import dev.odometer.functions.binding.Binding;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.core.env.Environment;

/** Maps channels to topics: {@code odometer.channels.<channel>.topic}, by default the channel's name. */
record Topics(Environment environment) {

    String of(String channel) {
        return environment.getProperty("odometer.channels." + channel + ".topic", channel);
    }

    /** The dead letter topic of a binding; by default, the channel's topic with the suffix {@code .parked}. */
    String deadLetterTopic(Binding binding) {
        return environment.getProperty(
                "odometer.channels." + binding.deadLetterChannel() + ".topic", of(binding.channel()) + ".parked");
    }

    Set<String> all(Collection<Binding> bindings) {
        var topics = new LinkedHashSet<String>();
        for (Binding binding : bindings) {
            topics.add(of(binding.channel()));
            topics.add(deadLetterTopic(binding));
        }
        return topics;
    }
}

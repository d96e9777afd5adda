package dev.odometer.kafka.worker;

import dev.odometer.functions.binding.Binding;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.core.env.Environment;

/** Which topic is which channel: {@code odometer.channels.<channel>.topic}, or the one of the channel's name. */
record Topics(Environment environment) {

    String of(String channel) {
        return environment.getProperty("odometer.channels." + channel + ".topic", channel);
    }

    /** Unless it is set, the parked records of a topic stand beside it. */
    String parked(Binding binding) {
        return environment.getProperty(
                "odometer.channels." + binding.parked() + ".topic", of(binding.channel()) + ".parked");
    }

    Set<String> all(Collection<Binding> bindings) {
        var topics = new LinkedHashSet<String>();
        for (Binding binding : bindings) {
            topics.add(of(binding.channel()));
            topics.add(parked(binding));
        }
        return topics;
    }
}

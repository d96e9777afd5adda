package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;

/**
 * Maps sources to channels. If a deployment has only one binding for events, all events belong to it; the same applies
 * to files. Otherwise {@code odometer.aws.channels.<channel>} lists the sources, separated by commas, by ARN or by the
 * name of the queue, stream, table, topic or bucket.
 */
final class Channels {

    private static final String PREFIX = "odometer.aws.channels.";
    /** {@code arn:partition:service:region:account:resource}. */
    private static final int ARN_PARTS = 6;

    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private final Map<String, List<String>> sources = new HashMap<>();

    private Channels(List<Binding> served) {
        served.forEach(binding -> bindings.put(binding.channel(), binding));
    }

    static Channels from(BatchDoor door, Environment environment) {
        var channels = new Channels(door.bindings());
        for (String channel : channels.bindings.keySet()) {
            channels.sources.put(channel, names(environment.getProperty(PREFIX + channel, "")));
        }
        return channels;
    }

    private static List<String> names(String setting) {
        return Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    boolean hasItemReports(String channel) {
        Binding binding = bindings.get(channel);
        return binding != null && binding.itemReports();
    }

    /** @throws UnknownSource when no binding takes the payload, or the settings do not determine which one */
    String of(Payload payload, MessageHeader messageHeader) throws UnknownSource {
        var possible = new ArrayList<String>();
        bindings.values().stream()
                .filter(binding -> binding.payload().arrivesLike(payload))
                .forEach(binding -> possible.add(binding.channel()));
        if (possible.size() == 1) {
            return possible.get(0);
        }
        for (String origin : messageHeader.origins()) {
            for (String channel : possible) {
                if (sources.getOrDefault(channel, List.of()).stream().anyMatch(name -> isNamed(origin, name))) {
                    return channel;
                }
            }
        }
        throw new UnknownSource(messageHeader.origins(), payload, possible);
    }

    private static boolean isNamed(String origin, String name) {
        return origin.equals(name) || shortName(origin).equals(name);
    }

    /** {@code clicks} for {@code …:stream/clicks} and {@code …:table/clicks/stream/2026}; other texts are names. */
    static String shortName(String origin) {
        String[] parts = origin.split(":", ARN_PARTS);
        if (parts.length < ARN_PARTS || !parts[0].equals("arn")) {
            return origin;
        }
        String[] path = parts[ARN_PARTS - 1].split("/", -1);
        return path.length > 1 ? path[1] : path[0];
    }

    /** A source that is not mapped to a channel. */
    static final class UnknownSource extends Exception {

        private static final long serialVersionUID = 1L;

        UnknownSource(List<String> origins, Payload payload, List<String> channels) {
            super(
                    channels.isEmpty()
                            ? "No active binding takes " + payload + ", received from " + String.join(", ", origins)
                            : "No channel is configured for " + String.join(", ", origins) + ": add it to one of "
                                    + PREFIX + channels,
                    null,
                    false,
                    false);
        }
    }
}

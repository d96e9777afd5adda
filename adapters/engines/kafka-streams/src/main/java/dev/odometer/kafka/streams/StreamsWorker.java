package dev.odometer.kafka.streams;

import dev.odometer.kafka.worker.Worker;

/**
 * Counts the events of the topic of the channel {@code usage} until it is stopped. With {@code replay} as the first
 * argument, it sends dead letters back to their topic and exits, as the Kafka worker does.
 */
public final class StreamsWorker {

    private StreamsWorker() {}

    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("replay")) {
            Worker.main(args);
        } else {
            Worker.application(StreamsConfiguration.class).run(args);
        }
    }
}

package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.functions.binding.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulates a source that delivers the messages 0 to n - 1 of a channel until all are acknowledged, by the rules that
 * AWS documents. An invalid report is an error.
 */
enum Simulator {
    /** Deletes all messages that are not reported. */
    SQS {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Samples.sqs(channel, "m" + i, body);
        }

        @Override
        List<Integer> redeliveries(List<Integer> delivered, JsonNode response) {
            Set<String> failed = names(response);
            return redelivered(delivered, failed);
        }
    },
    /** Deletes all messages that are not reported. Later messages of a group must not overtake a reported one. */
    SQS_FIFO {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Samples.fifo(channel, "m" + i, "g" + group(i), body);
        }

        @Override
        List<Integer> redeliveries(List<Integer> delivered, JsonNode response) {
            return redelivered(delivered, names(response));
        }

        @Override
        int group(int i) {
            return i % 3;
        }
    },
    /** Continues at the lowest reported sequence number. */
    KINESIS {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Samples.kinesis(channel, "m" + i, body);
        }

        @Override
        List<Integer> redeliveries(List<Integer> delivered, JsonNode response) {
            return fromLowest(delivered, names(response));
        }

        @Override
        int group(int i) {
            return 0;
        }
    },
    /** Like Kinesis. */
    DYNAMODB {
        @Override
        ObjectNode record(String channel, int i, String body) {
            boolean readable = body.startsWith("{");
            return Samples.dynamo(
                    channel, "m" + i, readable ? Samples.image(body) : Samples.image("{\"id\":\"" + i + "\"}"));
        }

        @Override
        List<Integer> redeliveries(List<Integer> delivered, JsonNode response) {
            return fromLowest(delivered, names(response));
        }

        @Override
        int group(int i) {
            return 0;
        }
    },
    /** Continues each partition at its reported offset, if there is one. */
    KAFKA {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Samples.kafkaRecord(i, body);
        }

        @Override
        JsonNode event(String channel, Map<Integer, ObjectNode> records) {
            ObjectNode event = Samples.kafka();
            var partitions = new TreeMap<String, List<ObjectNode>>();
            records.forEach((i, record) -> partitions
                    .computeIfAbsent(channel + "-" + group(i), p -> new ArrayList<>())
                    .add(record));
            partitions.forEach((name, own) -> ((ObjectNode) event.path("records")).set(name, Samples.array(own)));
            return event;
        }

        @Override
        List<Integer> redeliveries(List<Integer> delivered, JsonNode response) {
            var from = new HashMap<Integer, Integer>();
            response.path("batchItemFailures").values().forEach(failure -> {
                JsonNode name = failure.path("itemIdentifier");
                String partition = name.path("partition").stringValue();
                int group = Integer.parseInt(partition.substring(partition.lastIndexOf('-') + 1));
                int offset = name.path("offset").intValue();
                if (!delivered.contains(offset) || group(offset) != group || from.put(group, offset) != null) {
                    throw new AssertionError("invalid report for Kafka: " + response);
                }
            });
            return delivered.stream()
                    .filter(i -> i >= from.getOrDefault(group(i), Integer.MAX_VALUE))
                    .toList();
        }

        @Override
        int group(int i) {
            return i % 2;
        }
    },
    /** Redelivers all messages if the invocation fails, and ignores the response. */
    SNS {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Samples.sns(channel, "m" + i, body);
        }

        @Override
        List<Integer> redeliveries(List<Integer> delivered, JsonNode response) {
            return List.of();
        }
    };

    private static final int MAX_ROUNDS = 50;

    private static final Map<List<Object>, ObjectNode> RECORDS = new HashMap<>();

    abstract ObjectNode record(String channel, int i, String body);

    /** The messages to redeliver after a response. */
    abstract List<Integer> redeliveries(List<Integer> delivered, JsonNode response);

    /** The ordering group. By default, each message has its own group, so there is no order. */
    int group(int i) {
        return i;
    }

    JsonNode event(String channel, Map<Integer, ObjectNode> records) {
        return Samples.records(List.copyOf(records.values()));
    }

    /** Delivers and returns the messages to redeliver. Without item reports, a successful call acknowledges all. */
    private List<Integer> deliver(String channel, Map<Integer, ObjectNode> records) {
        List<Integer> delivered = List.copyOf(records.keySet());
        try {
            String response = SampleHandler.send(event(channel, records), Deadline.NONE);
            boolean read = !channel.equals("whole") && !response.isEmpty();
            return read ? redeliveries(delivered, SampleHandler.JSON.readTree(response)) : List.of();
        } catch (RedeliveryException failed) {
            return delivered;
        }
    }

    /** Delivers until all messages are acknowledged. */
    void run(String channel, List<String> bodies) {
        var records = new TreeMap<Integer, ObjectNode>();
        for (int i = 0; i < bodies.size(); i++) {
            int place = i;
            String body = bodies.get(i);
            records.put(
                    i, RECORDS.computeIfAbsent(List.of(this, channel, i, body), key -> record(channel, place, body)));
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            records.keySet().retainAll(deliver(channel, records));
            if (records.isEmpty()) {
                return;
            }
        }
        throw new AssertionError("not acknowledged after " + MAX_ROUNDS + " deliveries: " + records.keySet());
    }

    private static Set<String> names(JsonNode response) {
        return response.path("batchItemFailures").values().stream()
                .map(failure -> failure.path("itemIdentifier").stringValue())
                .collect(Collectors.toSet());
    }

    private static List<Integer> redelivered(List<Integer> delivered, Set<String> failed) {
        List<Integer> redelivered =
                delivered.stream().filter(i -> failed.contains("m" + i)).toList();
        if (redelivered.size() != failed.size()) {
            throw new AssertionError("an unknown message is reported: " + failed);
        }
        return redelivered;
    }

    private static List<Integer> fromLowest(List<Integer> delivered, Set<String> failed) {
        List<Integer> redelivered = redelivered(delivered, failed);
        if (redelivered.size() > 1) {
            throw new AssertionError("only the first failure of a shard may be reported: " + failed);
        }
        return redelivered.isEmpty()
                ? redelivered
                : delivered.subList(delivered.indexOf(redelivered.get(0)), delivered.size());
    }
}

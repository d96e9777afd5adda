package dev.odometer.aws.lambda.batch;

import dev.odometer.door.DeliverAgain;
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
 * A source that delivers the messages 0 to n - 1 of a channel until it is rid of them, by the rule that AWS documents for
 * it. A report that the rule would not understand is an error.
 */
enum Simulator {
    /** Deletes whatever is not reported. */
    SQS {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Sent.sqs(channel, "m" + i, body);
        }

        @Override
        List<Integer> left(List<Integer> delivered, JsonNode answer) {
            Set<String> failed = names(answer);
            return kept(delivered, failed);
        }
    },
    /** Deletes whatever is not reported; the rest of a group may not overtake what is. */
    SQS_FIFO {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Sent.fifo(channel, "m" + i, "g" + group(i), body);
        }

        @Override
        List<Integer> left(List<Integer> delivered, JsonNode answer) {
            return kept(delivered, names(answer));
        }

        @Override
        int group(int i) {
            return i % 3;
        }
    },
    /** Goes on at the lowest sequence number that is reported. */
    KINESIS {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Sent.kinesis(channel, "m" + i, body);
        }

        @Override
        List<Integer> left(List<Integer> delivered, JsonNode answer) {
            return fromLowest(delivered, names(answer));
        }

        @Override
        int group(int i) {
            return 0;
        }
    },
    /** As Kinesis. */
    DYNAMODB {
        @Override
        ObjectNode record(String channel, int i, String body) {
            boolean readable = body.startsWith("{");
            return Sent.dynamo(channel, "m" + i, readable ? Sent.image(body) : Sent.image("{\"id\":\"" + i + "\"}"));
        }

        @Override
        List<Integer> left(List<Integer> delivered, JsonNode answer) {
            return fromLowest(delivered, names(answer));
        }

        @Override
        int group(int i) {
            return 0;
        }
    },
    /** Goes on in each partition at the offset that is reported for it, if one is. */
    KAFKA {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Sent.kafkaRecord(i, body);
        }

        @Override
        JsonNode event(String channel, Map<Integer, ObjectNode> records) {
            ObjectNode event = Sent.kafka();
            var partitions = new TreeMap<String, List<ObjectNode>>();
            records.forEach((i, record) -> partitions
                    .computeIfAbsent(channel + "-" + group(i), p -> new ArrayList<>())
                    .add(record));
            partitions.forEach((name, own) -> ((ObjectNode) event.path("records")).set(name, Sent.array(own)));
            return event;
        }

        @Override
        List<Integer> left(List<Integer> delivered, JsonNode answer) {
            var from = new HashMap<Integer, Integer>();
            answer.path("batchItemFailures").values().forEach(failure -> {
                JsonNode name = failure.path("itemIdentifier");
                String partition = name.path("partition").stringValue();
                int group = Integer.parseInt(partition.substring(partition.lastIndexOf('-') + 1));
                int offset = name.path("offset").intValue();
                if (!delivered.contains(offset) || group(offset) != group || from.put(group, offset) != null) {
                    throw new AssertionError("Kafka would not understand " + answer);
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
    /** Delivers all again when the invocation fails, and reads no answer. */
    SNS {
        @Override
        ObjectNode record(String channel, int i, String body) {
            return Sent.sns(channel, "m" + i, body);
        }

        @Override
        List<Integer> left(List<Integer> delivered, JsonNode answer) {
            return List.of();
        }
    };

    private static final int MAX_ROUNDS = 50;

    private static final Map<List<Object>, ObjectNode> MADE = new HashMap<>();

    abstract ObjectNode record(String channel, int i, String body);

    /** What is to be delivered again after an answer. */
    abstract List<Integer> left(List<Integer> delivered, JsonNode answer);

    /** Within which order is promised; none by default, so each message is a group of its own. */
    int group(int i) {
        return i;
    }

    JsonNode event(String channel, Map<Integer, ObjectNode> records) {
        return Sent.records(List.copyOf(records.values()));
    }

    /** Whether a source reads the answer; a mapping without reports is rid of everything if the call succeeds. */
    private List<Integer> deliver(String channel, Map<Integer, ObjectNode> records) {
        List<Integer> delivered = List.copyOf(records.keySet());
        try {
            String answer = Lab.send(event(channel, records), Deadline.NONE);
            boolean read = !channel.equals("whole") && !answer.isEmpty();
            return read ? left(delivered, Lab.JSON.readTree(answer)) : List.of();
        } catch (DeliverAgain failed) {
            return delivered;
        }
    }

    /** Runs until nothing is left. */
    void run(String channel, List<String> bodies) {
        var records = new TreeMap<Integer, ObjectNode>();
        for (int i = 0; i < bodies.size(); i++) {
            int place = i;
            String body = bodies.get(i);
            records.put(i, MADE.computeIfAbsent(List.of(this, channel, i, body), key -> record(channel, place, body)));
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            records.keySet().retainAll(deliver(channel, records));
            if (records.isEmpty()) {
                return;
            }
        }
        throw new AssertionError("after " + MAX_ROUNDS + " rounds there are left " + records.keySet());
    }

    private static Set<String> names(JsonNode answer) {
        return answer.path("batchItemFailures").values().stream()
                .map(failure -> failure.path("itemIdentifier").stringValue())
                .collect(Collectors.toSet());
    }

    private static List<Integer> kept(List<Integer> delivered, Set<String> failed) {
        List<Integer> kept =
                delivered.stream().filter(i -> failed.contains("m" + i)).toList();
        if (kept.size() != failed.size()) {
            throw new AssertionError("an unknown message is reported: " + failed);
        }
        return kept;
    }

    private static List<Integer> fromLowest(List<Integer> delivered, Set<String> failed) {
        List<Integer> kept = kept(delivered, failed);
        if (kept.size() > 1) {
            throw new AssertionError("of a shard only the first is reported: " + failed);
        }
        return kept.isEmpty() ? kept : delivered.subList(delivered.indexOf(kept.get(0)), delivered.size());
    }
}

package dev.odometer.google.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulates the services that push messages, as documented for each: a message is pushed until it is acknowledged or,
 * after the last attempt, becomes a dead letter.
 */
enum Simulator {
    /** Pushes one message per request. */
    PUB_SUB,
    /** Pushes a message after the previous one with its ordering key is acknowledged or a dead letter. */
    PUB_SUB_ORDERED {
        @Override
        int group(int i) {
            return i % 3;
        }

        @Override
        String pushed(int i, String body) {
            ObjectNode message = Samples.message("m" + i, body);
            return Samples.push(message.put("orderingKey", "g" + group(i))).toString();
        }
    },
    /** Pushes Pub/Sub messages as CloudEvents of Eventarc. */
    EVENTARC {
        @Override
        boolean deliver(String channel, int i, String body) {
            return acknowledged(TestFunctions.push(
                    "/channels/" + channel,
                    pushed(i, body),
                    "Content-Type",
                    "application/json",
                    "ce-specversion",
                    "1.0",
                    "ce-id",
                    "m" + i,
                    "ce-source",
                    "//pubsub.googleapis.com/projects/p/topics/t",
                    "ce-type",
                    Samples.PUBLISHED));
        }
    },
    /** Pushes CloudEvents without an envelope; any 2xx acknowledges them. */
    KNATIVE {
        @Override
        boolean deliver(String channel, int i, String body) {
            return TestFunctions.push("/channels/" + channel, body, "Content-Type", "application/cloudevents+json")
                            / 100
                    == 2;
        }
    };

    static final int MAX_ATTEMPTS = 5;
    private static final Set<Integer> ACKNOWLEDGEMENTS = Set.of(102, 200, 201, 202, 204);

    /** Pushes a message and returns whether it was acknowledged. */
    boolean deliver(String channel, int i, String body) {
        return acknowledged(TestFunctions.push("/channels/" + channel, pushed(i, body)));
    }

    /** The group within which order is guaranteed. By default, each message is a group of its own. */
    int group(int i) {
        return i;
    }

    String pushed(int i, String body) {
        return Samples.push(Samples.message("m" + i, body)).toString();
    }

    /** Pub/Sub takes no other status as an acknowledgment, not even another 2xx. */
    private static boolean acknowledged(int status) {
        return ACKNOWLEDGEMENTS.contains(status);
    }

    /** Pushes all messages until each is acknowledged or dead, and returns the indexes of the dead ones. */
    List<Integer> run(String channel, List<String> bodies) {
        var groups = new TreeMap<Integer, List<Integer>>();
        for (int i = 0; i < bodies.size(); i++) {
            groups.computeIfAbsent(group(i), group -> new ArrayList<>()).add(i);
        }
        var dead = new ArrayList<Integer>();
        var attempts = new int[bodies.size()];
        while (groups.values().stream().anyMatch(group -> !group.isEmpty())) {
            for (List<Integer> group : groups.values()) {
                if (!group.isEmpty()) {
                    int i = group.get(0);
                    if (deliver(channel, i, bodies.get(i))) {
                        group.remove(0);
                    } else if (++attempts[i] == MAX_ATTEMPTS) {
                        dead.add(group.remove(0));
                    }
                }
            }
        }
        return dead;
    }

    /** Pushes a batch of CloudEvents, which is redelivered as a whole; returns whether it ended as a dead letter. */
    static boolean batchIsDead(String channel, List<String> bodies) {
        String batch = "[" + String.join(",", bodies) + "]";
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int status = TestFunctions.push(
                    "/channels/" + channel, batch, "Content-Type", "application/cloudevents-batch+json");
            if (status / 100 == 2) {
                return false;
            }
        }
        return true;
    }
}

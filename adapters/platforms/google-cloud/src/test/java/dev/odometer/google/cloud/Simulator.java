package dev.odometer.google.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What pushes messages to a channel until it is rid of them, by the rules that are documented for it: most attempts, and
 * then they are dead letters.
 */
enum Simulator {
    /** One message a request. */
    PUB_SUB,
    /** The next message of an ordering key is not sent before the one ahead of it is acknowledged or dead. */
    PUB_SUB_ORDERED {
        @Override
        int group(int i) {
            return i % 3;
        }

        @Override
        String pushed(int i, String body) {
            ObjectNode message = Sent.message("m" + i, body);
            return Sent.push(message.put("orderingKey", "g" + group(i))).toString();
        }
    },
    /** The same as an event of Eventarc. */
    EVENTARC {
        @Override
        boolean deliver(String channel, int i, String body) {
            return acknowledged(World.push(
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
                    Sent.PUBLISHED));
        }
    },
    /** An event itself; any 2xx is an acknowledgement. */
    KNATIVE {
        @Override
        boolean deliver(String channel, int i, String body) {
            return World.push("/channels/" + channel, body, "Content-Type", "application/cloudevents+json") / 100 == 2;
        }
    };

    static final int MAX_ATTEMPTS = 5;
    private static final Set<Integer> ACKNOWLEDGEMENTS = Set.of(102, 200, 201, 202, 204);

    /** Whether it is rid of a message. */
    boolean deliver(String channel, int i, String body) {
        return acknowledged(World.push("/channels/" + channel, pushed(i, body)));
    }

    /** Within which order is promised; none by default, so each message is a group of its own. */
    int group(int i) {
        return i;
    }

    String pushed(int i, String body) {
        return Sent.push(Sent.message("m" + i, body)).toString();
    }

    /** Any other answer, also a 2xx or a 3xx, is none to Pub/Sub. */
    private static boolean acknowledged(int status) {
        return ACKNOWLEDGEMENTS.contains(status);
    }

    /** Runs until nothing is left. */
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

    /** A batch of CloudEvents, which is delivered again as a whole; true when it ended as a dead letter. */
    static boolean batchIsDead(String channel, List<String> bodies) {
        String batch = "[" + String.join(",", bodies) + "]";
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int status =
                    World.push("/channels/" + channel, batch, "Content-Type", "application/cloudevents-batch+json");
            if (status / 100 == 2) {
                return false;
            }
        }
        return true;
    }
}

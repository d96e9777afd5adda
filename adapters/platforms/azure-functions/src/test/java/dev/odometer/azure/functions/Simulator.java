package dev.odometer.azure.functions;

import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import dev.odometer.door.batch.RedeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Simulates the sources of events: delivers messages as documented for the source, and returns what it still has. */
enum Simulator {
    /** Moves on to the next batch after the last retry, even if it failed. */
    EVENT_HUB {
        @Override
        Rest deliver(List<String> bodies) {
            return retried(
                    "eventsFromEventHub",
                    bodies.size(),
                    () -> TriggerFixture.events().eventHub(bodies));
        }
    },
    /** Commits after the last retry, even if it failed. */
    KAFKA {
        @Override
        Rest deliver(List<String> bodies) {
            List<String> records = IntStream.range(0, bodies.size())
                    .mapToObj(i -> TriggerFixture.record(i, bodies.get(i)))
                    .toList();
            return retried(
                    "eventsFromKafka",
                    bodies.size(),
                    () -> TriggerFixture.events().kafka(records));
        }
    },
    /** Redelivers the whole batch after a failed invocation; after ten deliveries, a message is a dead letter. */
    SERVICE_BUS {
        @Override
        Rest deliver(List<String> bodies) {
            boolean done = attempts(10, () -> TriggerFixture.events().serviceBus(bodies));
            return new Rest(done ? List.of() : all(bodies.size()), List.of());
        }
    },
    /** Delivers one message at a time; the fifth failure moves it to the poison queue. */
    QUEUE {
        @Override
        Rest deliver(List<String> bodies) {
            var dead = new ArrayList<Integer>();
            for (int i = 0; i < bodies.size(); i++) {
                String body = bodies.get(i);
                if (!attempts(5, () -> TriggerFixture.events().queue(body))) {
                    dead.add(i);
                }
            }
            return new Rest(dead, List.of());
        }
    };

    /** The number of attempts that stands for unlimited retries. */
    private static final int FOREVER = 4;

    /**
     * The indexes of the messages that the source still has.
     *
     * @param dead in its dead letter queue
     * @param waiting to be redelivered
     */
    record Rest(List<Integer> dead, List<Integer> waiting) {}

    /** An invocation of a trigger. */
    interface Call {
        void run() throws Exception;
    }

    abstract Rest deliver(List<String> bodies);

    boolean keepsOrder() {
        return this == EVENT_HUB || this == KAFKA;
    }

    /** Retries by the policy in the function's own annotation, as the host does. */
    private static Rest retried(String function, int size, Call call) {
        int retries = retries(function);
        boolean done = attempts(retries < 0 ? FOREVER : retries + 1, call);
        return new Rest(List.of(), done || retries >= 0 ? List.of() : all(size));
    }

    private static int retries(String function) {
        return Stream.of(EventTriggers.class.getMethods())
                .filter(method -> method.isAnnotationPresent(FunctionName.class)
                        && method.getAnnotation(FunctionName.class).value().equals(function))
                .map(method -> method.getAnnotation(ExponentialBackoffRetry.class))
                .mapToInt(policy -> policy == null ? 0 : policy.maxRetryCount())
                .findFirst()
                .orElseThrow();
    }

    /** Whether one of at most {@code limit} attempts succeeded. */
    private static boolean attempts(int limit, Call call) {
        for (int i = 0; i < limit; i++) {
            try {
                call.run();
                return true;
            } catch (RedeliveryException failed) {
                // Redelivered by the next attempt.
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        }
        return false;
    }

    private static List<Integer> all(int size) {
        return IntStream.range(0, size).boxed().toList();
    }
}

package dev.odometer.azure.functions;

import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import dev.odometer.door.DeliverAgain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A source that delivers messages by the rule that is documented for it, and says what became of them. */
enum Simulator {
    /** Goes on to the next batch when the retries are used up, whatever came of them. */
    EVENT_HUB {
        @Override
        Rest deliver(List<String> bodies) {
            return retried(
                    "usageFromEventHub", bodies.size(), () -> Lab.events().eventHub(bodies));
        }
    },
    /** Commits when the retries are used up, whatever came of them. */
    KAFKA {
        @Override
        Rest deliver(List<String> bodies) {
            List<String> records = IntStream.range(0, bodies.size())
                    .mapToObj(i -> Lab.record(i, bodies.get(i)))
                    .toList();
            return retried("usageFromKafka", bodies.size(), () -> Lab.events().kafka(records));
        }
    },
    /** Takes back the whole batch of a failed invocation; after ten deliveries a message is a dead letter. */
    SERVICE_BUS {
        @Override
        Rest deliver(List<String> bodies) {
            boolean done = attempts(10, () -> Lab.events().serviceBus(bodies));
            return new Rest(done ? List.of() : all(bodies.size()), List.of());
        }
    },
    /** One at a time; the fifth failure sends a message to the queue of poison. */
    QUEUE {
        @Override
        Rest deliver(List<String> bodies) {
            var dead = new ArrayList<Integer>();
            for (int i = 0; i < bodies.size(); i++) {
                String body = bodies.get(i);
                if (!attempts(5, () -> Lab.events().queue(body))) {
                    dead.add(i);
                }
            }
            return new Rest(dead, List.of());
        }
    };

    /** After so many the test takes it that a source would go on for ever. */
    private static final int FOR_EVER = 4;

    /**
     * The places of messages that the platform still has.
     *
     * @param dead where somebody can find them
     * @param waiting to be delivered again
     */
    record Rest(List<Integer> dead, List<Integer> waiting) {}

    /** An invocation. */
    interface Call {
        void run() throws Exception;
    }

    abstract Rest deliver(List<String> bodies);

    boolean keepsOrder() {
        return this == EVENT_HUB || this == KAFKA;
    }

    /** By the policy that the function itself is annotated with, as the host does it. */
    private static Rest retried(String function, int size, Call call) {
        int retries = retries(function);
        boolean done = attempts(retries < 0 ? FOR_EVER : retries + 1, call);
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

    /** Whether one of so many succeeded. */
    private static boolean attempts(int most, Call call) {
        for (int i = 0; i < most; i++) {
            try {
                call.run();
                return true;
            } catch (DeliverAgain failed) {
                // As it says.
            } catch (Exception surprise) {
                throw new AssertionError(surprise);
            }
        }
        return false;
    }

    private static List<Integer> all(int size) {
        return IntStream.range(0, size).boxed().toList();
    }
}

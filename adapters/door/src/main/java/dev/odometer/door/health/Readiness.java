package dev.odometer.door.health;

import dev.odometer.door.json.Json;
import dev.odometer.functions.health.ReadinessCheck;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a process can serve requests: all its checks pass. Logs each change of the reason. */
public final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final Supplier<Stream<ReadinessCheck>> checks;
    private final Json json;
    private final AtomicReference<String> lastProblem = new AtomicReference<>("");

    /** @param checks evaluated in order, up to the first that does not pass */
    public Readiness(Supplier<Stream<ReadinessCheck>> checks, Json json) {
        this.checks = checks;
        this.json = json;
    }

    /**
     * The answer of a health endpoint.
     *
     * @param isUp whether it is a success
     * @param body a JSON object with {@code status} and, if it is not a success, {@code reason}
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    public record Answer(boolean isUp, byte[] body) {}

    private record Body(String status, @Nullable String reason) {}

    /** The answer for readiness. */
    public Answer ready() {
        Optional<String> problem = checks.get()
                .map(ReadinessCheck::problem)
                .flatMap(Optional::stream)
                .findFirst();
        report(problem.orElse(""));
        return problem.map(reason -> new Answer(false, json.write(new Body("unavailable", reason))))
                .orElseGet(this::live);
    }

    /** The answer for liveness: a process that can answer is alive. */
    public Answer live() {
        return new Answer(true, json.write(new Body("ok", null)));
    }

    private void report(String problem) {
        String before = lastProblem.getAndSet(problem);
        if (!before.equals(problem)) {
            if (problem.isEmpty()) {
                LOG.info("Ready again");
            } else {
                LOG.warn("Not ready: {}", problem);
            }
        }
    }
}

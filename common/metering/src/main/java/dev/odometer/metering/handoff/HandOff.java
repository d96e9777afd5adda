package dev.odometer.metering.handoff;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the hand-off of an issued invoice to a payment provider.
 *
 * @param reason why it is not done; absent if there is nothing to report
 * @param attempts the number of failed attempts since it was registered or restarted
 * @param nextAttempt absent when no attempt is scheduled
 */
public record HandOff(
        String invoiceId,
        Task task,
        State state,
        @Nullable String reason,
        int attempts,
        @Nullable Instant nextAttempt,
        ExternalIds externalIds) {

    /** The task at the provider. */
    public enum Task {
        HAND_OVER,
        /** The invoice was voided. */
        WITHDRAW
    }

    /** The state of the task. */
    public enum State {
        PENDING,
        /**
         * The operator has to change something first, such as the mapping of the customer. Attempts are repeated
         * regularly.
         */
        WAITING,
        DONE,
        /** No further attempt is made until the operator restarts it. */
        FAILED
    }

    /**
     * The ids of an invoice at the provider.
     *
     * @param invoiceId absent until it exists there
     * @param items by the id of the detailed line, or of another source of an item such as the tax
     */
    public record ExternalIds(@Nullable String invoiceId, Map<String, String> items) {

        public static final ExternalIds NONE = new ExternalIds(null, Map.of());

        public ExternalIds {
            items = Map.copyOf(items);
        }
    }

    /**
     * A problem to show with the invoice.
     *
     * @param isCritical whether no further attempt is made before the operator acts
     */
    public record Issue(boolean isCritical, String code, String message) {}

    /** Whether it can be attempted again on request. */
    public boolean canRestart() {
        return state == State.FAILED || state == State.WAITING;
    }

    /** Why the task is not done, if that is known. */
    public Optional<Issue> issue() {
        if (reason == null || state == State.DONE) {
            return Optional.empty();
        }
        String code = switch (state) {
            case FAILED -> "hand_off_failed";
            case WAITING -> "hand_off_waiting";
            default -> "hand_off_delayed";
        };
        return Optional.of(new Issue(state == State.FAILED, code, reason));
    }
}

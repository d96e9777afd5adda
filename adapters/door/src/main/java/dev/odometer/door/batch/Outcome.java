package dev.odometer.door.batch;

import dev.odometer.door.function.CatalogFunction;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The result of an item, which determines what the platform does with it.
 *
 * @param reason one sentence; empty for OK
 */
public record Outcome(Kind kind, String reason) {

    private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

    /** Processed, now or in an earlier delivery. */
    public static final Outcome OK = new Outcome(Kind.OK, "");

    /** What the platform does with the item. */
    public enum Kind {
        /** Acknowledge. */
        OK,
        /** Redeliver: a later attempt may succeed. */
        RETRY,
        /** Store as a dead letter with the reason: no attempt can succeed. */
        POISON
    }

    /** Calls the function and maps its result; {@code what} names the caller in logs. */
    public static Outcome of(CatalogFunction call, Object input, String what) {
        try {
            call.invoke(input);
            return OK;
        } catch (Refusal refusal) {
            return refusal.kind() == RefusalKind.UNAVAILABLE ? retry(refusal.detail()) : poison(refusal.detail());
        } catch (Throwable unexpected) {
            // Errors too: the platform redelivers and counts the attempts.
            LOG.error("{} failed for {}", call.name(), what, unexpected);
            return retry("unexpected failure in " + call.name());
        }
    }

    public static Outcome retry(String reason) {
        return new Outcome(Kind.RETRY, reason);
    }

    public static Outcome poison(String reason) {
        return new Outcome(Kind.POISON, reason);
    }
}

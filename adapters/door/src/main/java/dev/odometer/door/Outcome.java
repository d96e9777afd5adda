package dev.odometer.door;

import dev.odometer.door.function.CatalogFunction;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a platform is to do with an item.
 *
 * @param reason why, in one sentence; empty for OK
 */
public record Outcome(Kind kind, String reason) {

    private static final Logger LOG = LoggerFactory.getLogger(Outcome.class);

    /** Handled, also when it had been handled before. */
    public static final Outcome OK = new Outcome(Kind.OK, "");

    /** What a platform is to do. */
    public enum Kind {
        /** Acknowledge. */
        OK,
        /** Deliver again: it may work then. */
        RETRY,
        /** Park with the reason: it never will. */
        POISON
    }

    /** Calls, and says what came of it; {@code what} is it for, in logs. */
    static Outcome of(CatalogFunction call, Object input, String what) {
        try {
            call.invoke(input);
            return OK;
        } catch (Refusal refusal) {
            return refusal.kind() == RefusalKind.UNAVAILABLE ? retry(refusal.sentence()) : poison(refusal.sentence());
        } catch (Throwable surprise) {
            // Also an Error: the platform delivers again and counts the attempts.
            LOG.error("{} failed for {}", call.name(), what, surprise);
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

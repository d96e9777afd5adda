package dev.odometer.door;

/**
 * What a platform is to do with an item.
 *
 * @param reason why, in one sentence; empty for OK
 */
public record Outcome(Kind kind, String reason) {

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

    public static Outcome retry(String reason) {
        return new Outcome(Kind.RETRY, reason);
    }

    public static Outcome poison(String reason) {
        return new Outcome(Kind.POISON, reason);
    }
}

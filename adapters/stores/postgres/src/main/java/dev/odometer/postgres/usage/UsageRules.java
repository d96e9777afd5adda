package dev.odometer.postgres.usage;

import java.util.List;

/** The live rules on usage, of one {@link MeterSnapshot}. */
public interface UsageRules {

    /** Whether there is no rule, so that the events need not be collected for {@link #evaluate}. */
    boolean isEmpty();

    /**
     * Evaluates the rules in the transaction that counts the events, so that a notification exists exactly if the usage
     * does (ADR 13).
     *
     * @return the number of notifications raised
     */
    int evaluate(List<Counted> counted);

    /** Called once after the commit, with the number that {@link #evaluate} returned. */
    void committed(int raised);
}

package dev.odometer.metering.notification;

import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deliveries that are due. Several workers may take from it; each delivery is with one of them at a time. */
public interface Outbox {

    /**
     * Takes deliveries that are due, earliest first, of channels that are not disabled.
     *
     * @param lease how long they are the taker's; whoever dies gives them back when it ends
     * @param busy ids of channels of which nothing is wanted
     */
    List<Due> take(Instant now, Duration lease, Collection<String> busy, Most most);

    /** The most that is taken, in all and of one channel. */
    record Most(int all, int perChannel) {}

    /**
     * A delivery in the taker's hands.
     *
     * @param attempts how often it was tried since it was first, or again, asked for
     * @param since when it was first, or again, asked for
     * @param lease what the taker has it by
     */
    record Due(Notification notification, Channel channel, int attempts, Instant since, String lease) {}

    /**
     * Notes an attempt and what follows from it. One whose lease is somebody else's by now is noted as an attempt, and
     * changes nothing besides.
     */
    void settle(Due due, Attempt attempt, Next next);

    /** When there is something to take next: the earliest delivery is due, or a lease ends; empty when there is nothing. */
    Optional<Instant> nextDue();

    /**
     * What follows from an attempt.
     *
     * @param state SUCCESS, FAILED or, with a time, SENDING
     * @param at when to try again
     * @param reason why not, absent for a success
     * @param disablesChannel whether the receiver wants nothing more
     */
    record Next(
            Delivery.State state,
            @Nullable Instant at,
            @Nullable String reason,
            boolean disablesChannel) {

        public Next {
            if ((state == Delivery.State.SENDING) != (at != null)) {
                throw Refusal.invalid("a delivery that is tried again has a time for it: " + state);
            }
        }
    }
}

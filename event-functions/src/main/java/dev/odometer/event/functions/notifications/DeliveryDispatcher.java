package dev.odometer.event.functions.notifications;

import dev.odometer.functions.binding.Documents;
import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Courier.OutboundMessage;
import dev.odometer.metering.notification.Courier.Outcome;
import dev.odometer.metering.notification.Outbox.Due;
import dev.odometer.metering.notification.Outbox.Next;
import dev.odometer.metering.notification.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Attempts a delivery with the courier for its type of channel. Safe for concurrent use. */
record DeliveryDispatcher(List<Courier> couriers, Supplier<Documents> documents, RetryPolicy retries, Clock clock) {

    DeliveryDispatcher withClock(Clock other) {
        return new DeliveryDispatcher(couriers, documents, retries, other);
    }

    /** A finished attempt and what follows from it. */
    record FinishedAttempt(Due due, Attempt attempt, Next next) {}

    /** Never throws: every failure becomes the result of the attempt. */
    FinishedAttempt attempt(Due due) {
        Instant start = clock.instant();
        Outcome outcome;
        try {
            outcome = deliver(due, start);
        } catch (RuntimeException unexpected) {
            outcome = notSent(
                    start, "unexpected failure: " + unexpected.getClass().getSimpleName());
        }
        return new FinishedAttempt(due, outcome.attempt(), retries.after(due.attempts() + 1, outcome, clock.instant()));
    }

    private Outcome deliver(Due due, Instant start) {
        Target target = due.channel().target();
        Optional<Courier> courier =
                couriers.stream().filter(one -> one.supports(target)).findFirst();
        if (courier.isEmpty()) {
            return notSent(start, missing(target));
        }
        byte[] json = documents.get().write(due.notification().payload());
        return courier.get().deliver(new OutboundMessage(due.notification(), due.channel(), json, start));
    }

    private static String missing(Target target) {
        return target instanceof Target.Email
                ? "e-mail is not set up: odometer.email.host is missing"
                : "unsupported channel type: " + target.type();
    }

    private static Outcome notSent(Instant at, String reason) {
        return Outcome.retry(new Attempt(false, at, null, reason, Duration.ZERO, ""));
    }
}

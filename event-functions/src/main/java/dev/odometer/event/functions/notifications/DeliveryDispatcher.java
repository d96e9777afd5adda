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

/** Tries a delivery with the courier that knows the way. Safe for concurrent use. */
record DeliveryDispatcher(List<Courier> couriers, Supplier<Documents> documents, RetryPolicy retries, Clock clock) {

    /** A try that is over. */
    record Tried(Due due, Attempt attempt, Next next) {}

    /** Whatever comes of it is noted: nothing is thrown. */
    Tried attempt(Due due) {
        Instant start = clock.instant();
        Outcome outcome;
        try {
            outcome = deliver(due, start);
        } catch (RuntimeException surprise) {
            outcome =
                    without(start, "unexpected failure: " + surprise.getClass().getSimpleName());
        }
        return new Tried(due, outcome.attempt(), retries.after(due.attempts() + 1, outcome, clock.instant()));
    }

    private Outcome deliver(Due due, Instant start) {
        Target target = due.channel().target();
        Optional<Courier> courier =
                couriers.stream().filter(one -> one.knows(target)).findFirst();
        if (courier.isEmpty()) {
            return without(start, missing(target));
        }
        byte[] json = documents.get().write(due.notification().payload());
        return courier.get().deliver(new OutboundMessage(due.notification(), due.channel(), json, start));
    }

    private static String missing(Target target) {
        return target instanceof Target.Email
                ? "e-mail is not set up: odometer.email.host is missing"
                : "nothing here delivers to a channel of the type " + target.type();
    }

    private static Outcome without(Instant at, String reason) {
        return Outcome.again(new Attempt(false, at, null, reason, Duration.ZERO, ""));
    }
}

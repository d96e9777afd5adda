package dev.odometer.aws.lambda.batch;

import dev.odometer.door.Item;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has poison parked, a few at a time and in order, so that what the time is too short for waits for the next delivery. */
final class DeadLetterWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterWriter.class);
    private static final int TOGETHER = 10;
    private static final Duration MARGIN = Duration.ofMillis(500);

    private final @Nullable DeadLetters deadLetters;

    DeadLetterWriter(@Nullable DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** What could not be parked has to wait, and what comes after it is not parked either. */
    void park(BatchResult round, Deadline deadline) {
        List<MessagePart> poison = round.poison();
        for (int from = 0; from < poison.size(); from += TOGETHER) {
            List<MessagePart> some = poison.subList(from, Math.min(poison.size(), from + TOGETHER));
            String failure = failure(round, some, deadline);
            if (failure != null) {
                round.postpone(poison.subList(from, poison.size()), failure);
                return;
            }
        }
        if (!poison.isEmpty()) {
            LOG.warn(
                    "{} of {} messages are parked",
                    poison.size(),
                    round.deliveries().size());
        }
    }

    private @Nullable String failure(BatchResult round, List<MessagePart> some, Deadline deadline) {
        if (deadLetters == null) {
            return "it can never be handled, and there is nowhere to park it";
        }
        if (!deadline.leaves(MARGIN)) {
            return "there was no time left to park it";
        }
        try {
            deadLetters.park(some.stream().map(part -> parked(round, part)).toList());
            return null;
        } catch (RuntimeException surprise) {
            // Whatever it is, the message is not given up for it.
            LOG.error("{} messages could not be parked", some.size(), surprise);
            return "it can never be handled, and could not be parked";
        }
    }

    private static DeadLetter parked(BatchResult round, MessagePart part) {
        Item item = part.item();
        return new DeadLetter(
                Objects.requireNonNull(part.channel()),
                part.origin(),
                item.id(),
                round.outcome(part).reason(),
                item.contentType(),
                item.attributes(),
                item.body(),
                Instant.now());
    }
}

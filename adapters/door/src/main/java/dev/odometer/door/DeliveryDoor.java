package dev.odometer.door;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch door for platforms that keep no poison themselves: it is parked before anybody hears that it is done. So an
 * item is done, or has to be delivered again.
 */
public final class DeliveryDoor {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryDoor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

    private final BatchDoor door;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final Pause pauses;

    public DeliveryDoor(BatchDoor door, DeadLetters deadLetters, Clock clock) {
        this(door, deadLetters, clock, length -> Thread.sleep(length.toMillis()));
    }

    /** @param pauses how it waits before it tries again */
    public DeliveryDoor(BatchDoor door, DeadLetters deadLetters, Clock clock, Pause pauses) {
        this.door = door;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.pauses = pauses;
    }

    /** Waits. */
    public interface Pause {
        void lasts(Duration length) throws InterruptedException;
    }

    /** Where items come from and go to: the channel, and the queue, topic or stream as its platform calls it. */
    public record DeliverySource(String channel, String origin) {}

    /**
     * The channel of a deployment that has but one for the payload.
     *
     * @throws IllegalArgumentException when it has none, or several
     */
    public String onlyChannel(Payload payload) {
        List<String> channels = channels(Set.of(payload)).toList();
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("No active binding takes " + payload);
        }
        if (channels.size() > 1) {
            throw new IllegalArgumentException("Of " + channels + " it does not say which takes " + payload);
        }
        return channels.get(0);
    }

    Stream<String> channels(Set<Payload> payloads) {
        return door.bindings().stream()
                .filter(binding -> payloads.contains(binding.payload()))
                .map(Binding::channel);
    }

    /** Parks an item that the door cannot even be asked about: OK, or RETRY when it could not be parked. */
    public Outcome park(DeliverySource way, Item item, String reason) {
        return park(way, List.of(item), List.of(Outcome.poison(reason)), List.of(0));
    }

    /** An outcome for each item, OK or RETRY: poison is parked and so done, or could not be parked and comes again. */
    public List<Outcome> deliver(DeliverySource way, List<Item> items, Deadline deadline) {
        return settle(way, items, deadline).stream()
                .map(outcome -> outcome.kind() == Outcome.Kind.POISON ? Outcome.OK : outcome)
                .toList();
    }

    /** As {@link #deliver}, for whoever has to know what was parked: an item that is stays POISON, with its reason. */
    public List<Outcome> settle(DeliverySource way, List<Item> items, Deadline deadline) {
        var outcomes = new ArrayList<>(door.handle(way.channel(), items, deadline));
        List<Integer> poison = places(outcomes, Outcome.Kind.POISON);
        if (!poison.isEmpty()) {
            Outcome parked = park(way, items, outcomes, poison);
            if (parked.kind() == Outcome.Kind.RETRY) {
                poison.forEach(place -> outcomes.set(place, parked));
            }
        }
        return outcomes;
    }

    private Outcome park(DeliverySource way, List<Item> items, List<Outcome> outcomes, List<Integer> poison) {
        try {
            deadLetters.park(poison.stream()
                    .map(place -> parked(way, items.get(place), outcomes.get(place)))
                    .toList());
            LOG.warn("{}: {} items of {} are parked", way.channel(), poison.size(), way.origin());
            return Outcome.OK;
        } catch (RuntimeException failure) {
            LOG.warn("{}: {} items could not be parked: {}", way.channel(), poison.size(), failure.toString());
            return Outcome.retry("it could not be parked");
        }
    }

    private DeadLetter parked(DeliverySource way, Item item, Outcome outcome) {
        return new DeadLetter(
                way.channel(),
                way.origin(),
                item.id(),
                outcome.reason(),
                item.contentType(),
                item.attributes(),
                item.body(),
                clock.instant());
    }

    /**
     * Delivers what has to wait again and again, with pauses that double, for platforms that do not: until all is done or
     * the time does not suffice for another pause.
     *
     * @return why something is left that has to be delivered again; empty when all is done
     */
    public String persist(DeliverySource way, List<Item> items, Deadline deadline) throws InterruptedException {
        List<Item> left = items;
        for (Duration pause = FIRST_PAUSE; ; pause = doubled(pause)) {
            List<Outcome> outcomes = deliver(way, left, deadline);
            List<Integer> waiting = places(outcomes, Outcome.Kind.RETRY);
            if (waiting.isEmpty()) {
                return "";
            }
            if (!deadline.leaves(pause.plus(pause))) {
                return waiting.size() + " of " + items.size() + " have to be delivered again: "
                        + outcomes.get(waiting.get(0)).reason();
            }
            left = waiting.stream().map(left::get).toList();
            pauses.lasts(pause);
        }
    }

    private static Duration doubled(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
    }

    private static List<Integer> places(List<Outcome> outcomes, Outcome.Kind kind) {
        return IntStream.range(0, outcomes.size())
                .filter(place -> outcomes.get(place).kind() == kind)
                .boxed()
                .toList();
    }
}

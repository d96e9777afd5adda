package dev.odometer.local.http;

import dev.odometer.door.BatchDoor;
import dev.odometer.door.Item;
import dev.odometer.door.Outcome;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.DeadLetterStore.Kept;
import dev.odometer.functions.refusal.StartRefusal;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * {@code replay --channel=}: hands the items of a channel that are parked in the database to its function again, and
 * forgets those that are handled. One that is handled and not yet forgotten when the replay dies is a repeat the next time.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);
    private static final int PAGE = 100;

    /** @throws StartRefusal when no database or no known channel is named, or the replay is to be repeated */
    static void run(String[] arguments) {
        var application = new SpringApplication(Replay.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> {
            if (!context.getEnvironment().containsProperty("odometer.database.url")) {
                throw new StartRefusal(
                        "There is no database to replay from.", "Set ODOMETER_DATABASE_URL, _USER and _PASSWORD.");
            }
        });
        // Run where a refusal is shown as those at start are.
        application.addListeners(
                (ApplicationListener<ApplicationStartedEvent>) started -> replay(started.getApplicationContext()));
        application.run(arguments).close();
    }

    private static void replay(ApplicationContext context) {
        BatchDoor door = context.getBean(BatchDoor.class);
        String channel = context.getEnvironment().getProperty("channel", "");
        List<String> channels =
                door.bindings().stream().map(Binding::channel).sorted().toList();
        if (!channels.contains(channel)) {
            throw new StartRefusal(
                    "There is no channel to replay: " + channel, "Name one of " + channels + ": replay --channel=…");
        }
        Summary summary = replay(channel, context.getBean(DeadLetterStore.class), door);
        LOG.info("{}: {} handled, {} still parked", channel, summary.handled(), summary.poison() + summary.waiting());
        if (summary.waiting() > 0) {
            throw new StartRefusal(
                    summary.waiting() + " items of " + channel + " could not be handled now.", "Replay again later.");
        }
    }

    /** How many were handled, can still not be handled, and may be handled later. */
    record Summary(int handled, int poison, int waiting) {

        Summary and(List<Outcome.Kind> kinds) {
            return new Summary(
                    handled + Collections.frequency(kinds, Outcome.Kind.OK),
                    poison + Collections.frequency(kinds, Outcome.Kind.POISON),
                    waiting + Collections.frequency(kinds, Outcome.Kind.RETRY));
        }
    }

    static Summary replay(String channel, DeadLetterStore parked, BatchDoor door) {
        var summary = new Summary(0, 0, 0);
        long after = 0;
        for (List<Kept> page = parked.list(channel, after, PAGE);
                !page.isEmpty();
                page = parked.list(channel, after, PAGE)) {
            List<Item> items = page.stream().map(kept -> item(kept.item())).toList();
            List<Outcome.Kind> kinds = door.handle(channel, items, Deadline.NONE).stream()
                    .map(Outcome::kind)
                    .toList();
            List<Kept> all = page;
            parked.remove(IntStream.range(0, kinds.size())
                    .filter(i -> kinds.get(i) == Outcome.Kind.OK)
                    .mapToObj(i -> all.get(i).position())
                    .toList());
            summary = summary.and(kinds);
            after = page.get(page.size() - 1).position();
        }
        return summary;
    }

    /** In no group: what stood behind it has been handled long since. */
    private static Item item(DeadLetter parked) {
        return new Item(parked.id(), null, parked.contentType(), parked.attributes(), parked.body());
    }
}

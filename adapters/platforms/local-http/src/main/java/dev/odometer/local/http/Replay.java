package dev.odometer.local.http;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.Outcome;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.DeadLetterStore.Stored;
import dev.odometer.functions.refusal.StartRefusal;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Import;

/**
 * {@code replay --channel=}: passes the dead letters of a channel in the database to its function again, and deletes
 * those that were processed. If the replay is killed in between, the next replay processes an item twice; functions are
 * idempotent.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(FewAutoConfigurations.class)
class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);
    private static final int PAGE = 100;

    /**
     * @throws StartRefusal when no database or known channel is named, or some items have to be replayed again later
     */
    static void run(String[] arguments) {
        var application = new SpringApplication(Replay.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> {
            if (!context.getEnvironment().containsProperty("odometer.database.url")) {
                throw new StartRefusal(
                        "There is no database to replay from.", "Set ODOMETER_DATABASE_URL, _USER and _PASSWORD.");
            }
        });
        // As a listener, so that a refusal is reported like one of the start.
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
            throw new StartRefusal("Unknown channel: " + channel, "Name one of " + channels + ": replay --channel=…");
        }
        Summary summary = replay(channel, context.getBean(DeadLetterStore.class), door);
        LOG.info(
                "{}: {} processed, {} still dead letters",
                channel,
                summary.handled(),
                summary.poison() + summary.waiting());
        if (summary.waiting() > 0) {
            throw new StartRefusal(
                    summary.waiting() + " items of " + channel + " could not be processed now.", "Replay again later.");
        }
    }

    /** The numbers of items that were processed, that are still poison, and that may be processed later. */
    record Summary(int handled, int poison, int waiting) {

        Summary and(List<Outcome.Kind> kinds) {
            return new Summary(
                    handled + Collections.frequency(kinds, Outcome.Kind.OK),
                    poison + Collections.frequency(kinds, Outcome.Kind.POISON),
                    waiting + Collections.frequency(kinds, Outcome.Kind.RETRY));
        }
    }

    static Summary replay(String channel, DeadLetterStore deadLetters, BatchDoor door) {
        var summary = new Summary(0, 0, 0);
        long after = 0;
        for (List<Stored> page = deadLetters.list(channel, after, PAGE);
                !page.isEmpty();
                page = deadLetters.list(channel, after, PAGE)) {
            List<Item> items = page.stream().map(kept -> item(kept.item())).toList();
            List<Outcome.Kind> kinds = door.handle(channel, items, Deadline.NONE).stream()
                    .map(Outcome::kind)
                    .toList();
            List<Stored> all = page;
            deadLetters.remove(IntStream.range(0, kinds.size())
                    .filter(i -> kinds.get(i) == Outcome.Kind.OK)
                    .mapToObj(i -> all.get(i).position())
                    .toList());
            summary = summary.and(kinds);
            after = page.get(page.size() - 1).position();
        }
        return summary;
    }

    /** Without a group, because the later items of its group were processed long ago. */
    private static Item item(DeadLetter letter) {
        return new Item(letter.id(), null, letter.contentType(), letter.attributes(), letter.body());
    }
}

package dev.odometer.event.functions.archive;

import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.archive.EventArchive;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Moves the events of past days to files, one file after another, and counts archived events for meters that were created
 * later. When the time runs out, the next call continues.
 */
public final class ArchiveUsage implements Consumer<Timed<Tick>> {

    /** The time that must be left to start another file. */
    private static final Duration MIN_TIME = Duration.ofSeconds(30);

    private final Supplier<EventArchive> store;
    private final Duration age;

    /**
     * @param store resolved by a call, since functions without a store are created, too
     * @param age the time from the end of a day until its events are archived
     */
    public ArchiveUsage(Supplier<EventArchive> store, Duration age) {
        this.store = store;
        this.age = age;
    }

    @Override
    public void accept(Timed<Tick> tick) {
        checkTime(tick);
        EventArchive archive = store.get();
        // Before further events are archived, which these meters would have to read from files.
        while (archive.count()) {
            checkTime(tick);
        }
        while (archive.archive(tick.item().due().minus(age))) {
            checkTime(tick);
        }
    }

    private static void checkTime(Timed<Tick> tick) {
        if (!tick.deadline().hasAtLeast(MIN_TIME)) {
            throw Refusal.unavailable("no time is left to archive all events", new IllegalStateException());
        }
    }
}

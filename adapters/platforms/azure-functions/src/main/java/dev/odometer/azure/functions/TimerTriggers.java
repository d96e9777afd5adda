package dev.odometer.azure.functions;

import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.odometer.door.batch.Outcome;
import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.door.schedule.Crontab;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Tick;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The timer trigger. {@code odometer.azure.schedule} names the schedule that it calls. With {@code *}, it calls all
 * schedules that are due, and the timer must run every minute.
 */
public final class TimerTriggers {

    private static final Logger LOG = LoggerFactory.getLogger(TimerTriggers.class);

    /** How far the host's clock may be ahead of this one. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(5);

    private static final String ALL = "*";
    /** Older ticks are skipped; covers a monthly schedule. */
    private static final Duration MAX_TICK_AGE = Duration.ofDays(32);

    private final ScheduleDoor door;
    private final String schedule;
    private final Supplier<Deadline> deadlines;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    TimerTriggers(ScheduleDoor door, String schedule, Supplier<Deadline> deadlines, Clock clock) {
        this.door = door;
        this.schedule = schedule;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Retried without limit, because the host would skip a failed tick and continue with the next one. */
    @FunctionName("timer")
    @ExponentialBackoffRetry(
            maxRetryCount = EventTriggers.UNTIL_DONE,
            minimumInterval = "00:00:05",
            maximumInterval = "00:05:00")
    public void timer(
            @TimerTrigger(name = "timer", schedule = "%ODOMETER_AZURE_TIMER%", dataType = "string") @Nullable
                    String timer) {
        Deadline deadline = deadlines.get();
        List<Tick> ticks = schedule.equals(ALL) ? latestTicks() : List.of(new Tick(schedule, due(timer)));
        var retryReasons = new ArrayList<String>();
        for (Tick tick : ticks) {
            Outcome outcome = door.tick(tick, deadline);
            switch (outcome.kind()) {
                case OK -> {}
                case RETRY -> retryReasons.add(outcome.reason());
                case POISON -> LOG.error("The schedule {} failed: {}", tick.schedule(), outcome.reason());
            }
        }
        if (!retryReasons.isEmpty()) {
            throw new RedeliveryException(String.join("; ", retryReasons));
        }
    }

    /** The latest tick of each schedule. Most of them were called before; the tick log deduplicates them. */
    private List<Tick> latestTicks() {
        Instant now = clock.instant();
        var ticks = new ArrayList<Tick>();
        for (Schedule row : door.schedules()) {
            Crontab.of(row).latest(now.minus(MAX_TICK_AGE), now).ifPresent(due -> ticks.add(new Tick(row.name(), due)));
        }
        return ticks;
    }

    /**
     * The due time of the current call. During a call, the host's status is that from before the call, so its {@code
     * Next} is the current due time. A call by hand, and a host without a status, have no due time; the current minute
     * takes its place.
     */
    private Instant due(@Nullable String timer) {
        Instant now = clock.instant();
        try {
            JsonNode status = json.readTree(timer == null ? "" : timer).path("ScheduleStatus");
            Instant next =
                    OffsetDateTime.parse(status.path("Next").asString("")).toInstant();
            if (!next.isAfter(now.plus(MAX_CLOCK_SKEW))) {
                return next;
            }
        } catch (JacksonException | DateTimeParseException noStatus) {
            // The current minute, as below.
        }
        return now.truncatedTo(ChronoUnit.MINUTES);
    }
}

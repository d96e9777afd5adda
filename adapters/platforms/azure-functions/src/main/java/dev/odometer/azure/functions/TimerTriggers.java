package dev.odometer.azure.functions;

import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.odometer.door.DeliverAgain;
import dev.odometer.door.Outcome;
import dev.odometer.door.ScheduleDoor;
import dev.odometer.door.schedule.Crontab;
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
 * The one timer of a deployment: {@code odometer.azure.schedule} names the schedule that it calls. With {@code *} those
 * are all, each when it is due, by a timer that is called every minute.
 */
public final class TimerTriggers {

    private static final Logger LOG = LoggerFactory.getLogger(TimerTriggers.class);

    /** By which the host's clock may be ahead of this one. */
    private static final Duration EARLY = Duration.ofSeconds(5);

    private static final String ALL = "*";
    /** A tick that has been due for longer is left to the next one. */
    private static final Duration LONG_AGO = Duration.ofDays(32);

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

    /** The host would call for the next time, and not again for this one, after a failure. */
    @FunctionName("timer")
    @ExponentialBackoffRetry(
            maxRetryCount = EventTriggers.UNTIL_DONE,
            minimumInterval = "00:00:05",
            maximumInterval = "00:05:00")
    public void timer(
            @TimerTrigger(name = "timer", schedule = "%ODOMETER_AZURE_TIMER%", dataType = "string") @Nullable
                    String timer) {
        Deadline deadline = deadlines.get();
        List<Tick> ticks = schedule.equals(ALL) ? latest() : List.of(new Tick(schedule, due(timer)));
        var again = new ArrayList<String>();
        for (Tick tick : ticks) {
            Outcome outcome = door.tick(tick, deadline);
            switch (outcome.kind()) {
                case OK -> {}
                case RETRY -> again.add(outcome.reason());
                case POISON -> LOG.error("The schedule {} cannot be called: {}", tick.schedule(), outcome.reason());
            }
        }
        if (!again.isEmpty()) {
            throw new DeliverAgain(String.join("; ", again));
        }
    }

    /** Most are done already, which the log of ticks knows. */
    private List<Tick> latest() {
        Instant now = clock.instant();
        var ticks = new ArrayList<Tick>();
        for (Schedule row : door.schedules()) {
            Crontab.of(row).latest(now.minus(LONG_AGO), now).ifPresent(due -> ticks.add(new Tick(row.name(), due)));
        }
        return ticks;
    }

    /**
     * While a call runs, the host's status is of before it: what it has for the next time is this one. Of a call out of
     * turn, and of one that nobody keeps a status of, this minute is as good.
     */
    private Instant due(@Nullable String timer) {
        Instant now = clock.instant();
        try {
            JsonNode status = json.readTree(timer == null ? "" : timer).path("ScheduleStatus");
            Instant next =
                    OffsetDateTime.parse(status.path("Next").asString("")).toInstant();
            if (!next.isAfter(now.plus(EARLY))) {
                return next;
            }
        } catch (JacksonException | DateTimeParseException unsaid) {
            // Now, then.
        }
        return now.truncatedTo(ChronoUnit.MINUTES);
    }
}

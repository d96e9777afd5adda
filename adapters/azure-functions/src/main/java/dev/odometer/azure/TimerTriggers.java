package dev.odometer.azure;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.odometer.azure.Deliveries.DeliverAgain;
import dev.odometer.binding.Tick;
import dev.odometer.door.Outcome;
import dev.odometer.door.ScheduleDoor;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The one timer of a deployment: {@code odometer.azure.schedule} names the schedule that it calls. */
public final class TimerTriggers {

    private static final Logger LOG = LoggerFactory.getLogger(TimerTriggers.class);

    private final ScheduleDoor door;
    private final String schedule;
    private final Clock clock;
    private final JsonMapper json = new JsonMapper();

    TimerTriggers(ScheduleDoor door, String schedule, Clock clock) {
        this.door = door;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** The host says when the last call was due; where it does not, this one is due this minute. */
    @FunctionName("timer")
    public void timer(
            @TimerTrigger(name = "timer", schedule = "%ODOMETER_AZURE_TIMER%", dataType = "string") String timer)
            throws DeliverAgain {
        Outcome outcome = door.tick(new Tick(schedule, due(timer)));
        switch (outcome.kind()) {
            case OK -> {}
            case RETRY -> throw new DeliverAgain(outcome.reason());
            case POISON -> LOG.error("The schedule {} cannot be called: {}", schedule, outcome.reason());
        }
    }

    private Instant due(String timer) {
        try {
            String last =
                    json.readTree(timer).path("ScheduleStatus").path("Last").asString("");
            return OffsetDateTime.parse(last).toInstant();
        } catch (JacksonException | DateTimeParseException unsaid) {
            return clock.instant().truncatedTo(ChronoUnit.MINUTES);
        }
    }
}

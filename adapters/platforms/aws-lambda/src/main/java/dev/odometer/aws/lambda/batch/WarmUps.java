package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.text.Glob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Warm-up calls, which keep an instance alive and need no work: the name of a rule or schedule that is no schedule of
 * the application, or the member {@code source} of an event that is not EventBridge's, matches {@code
 * odometer.aws.warm-ups}. The plugin {@code serverless-plugin-warmup} sends such events.
 */
record WarmUps(Glob names, ScheduleDoor schedules) implements EventKind {

    static final String NAMES = "*warmup*,*warm-up*,*warmer*";

    private static final Logger LOG = LoggerFactory.getLogger(WarmUps.class);

    @Override
    public boolean matches(JsonNode event) {
        String name = name(event);
        return names.matches(name)
                && schedules.schedules().stream()
                        .noneMatch(schedule -> schedule.name().equals(name));
    }

    private static String name(JsonNode event) {
        if (Ticks.isScheduled(event)) {
            String rule = event.path("resources").path(0).asString("");
            return rule.substring(rule.lastIndexOf('/') + 1);
        }
        if (Ticks.isInput(event)) {
            return event.path("schedule").asString("");
        }
        boolean isEvent = event.has("detail-type") || event.has("specversion");
        return isEvent ? "" : event.path("source").asString("");
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        LOG.debug("Warm-up call of {}", name(event));
        return new byte[0];
    }
}

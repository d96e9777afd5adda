package dev.odometer.door;

import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.text.Rfc3339;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Takes the calls of a timer over HTTP: {@code POST /schedules/{schedule}?due=}, where {@code due} says when the call was
 * to be made (RFC 3339); without it, it is the time of the CloudEvent that the call is, or this minute.
 */
record TickRoute(Route route, ScheduleDoor schedules, Clock clock) implements RouteHandler {

    /** Less than what timers and gateways wait for an answer: Cloud Scheduler waits 3 minutes, Knative 5 or so. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Of a CloudEvent, as Knative's PingSource sends one; a call that is repeated has the same. */
    private static final String SAID_IN = "ce-time";

    private static final String SCHEDULE = "schedule";

    static TickRoute of(ScheduleDoor schedules, Clock clock) {
        return new TickRoute(Route.post("/schedules/{" + SCHEDULE + "}", "tick").answers(204), schedules, clock);
    }

    @Override
    public HttpReply serve(MatchedRequest request, Exchange exchange) {
        String name = request.fields().getOrDefault(SCHEDULE, "");
        if (schedules.schedules().stream().noneMatch(schedule -> schedule.name().equals(name))) {
            throw Refusal.notFound("no schedule has the name: " + Refusal.quote(name));
        }
        Outcome outcome = schedules.tick(new Tick(name, due(request)), Deadline.in(PATIENCE));
        return switch (outcome.kind()) {
            case OK -> new HttpReply(204, Headers.NONE, new byte[0]);
            case RETRY -> throw Refusal.unavailable(outcome.reason(), new IllegalStateException(outcome.reason()));
            case POISON -> throw Refusal.invalid(outcome.reason());
        };
    }

    private Instant due(MatchedRequest request) {
        List<String> asked = request.query().all("due");
        List<String> said =
                asked.isEmpty() ? request.header().apply(SAID_IN).stream().toList() : asked;
        if (said.isEmpty()) {
            return clock.instant().truncatedTo(ChronoUnit.MINUTES);
        }
        String last = said.get(said.size() - 1);
        Instant due = Rfc3339.parse(last);
        if (due == null) {
            throw Refusal.invalid("due must be an RFC 3339 time, but is: " + Refusal.quote(last));
        }
        return due;
    }
}

package dev.odometer.door.http;

import dev.odometer.door.batch.Outcome;
import dev.odometer.door.request.MatchedRequest;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.text.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Receives ticks that a timer pushes over HTTP: {@code POST /schedules/{schedule}?due=}. {@code due} is the scheduled
 * time (RFC 3339). Its default is the time of the CloudEvent, if the request is one, or else the current minute.
 */
record TickRoute(Route route, ScheduleDoor schedules) implements RouteHandler {

    /** Below the timeouts of timers and gateways: 3 minutes for Cloud Scheduler, about 5 for Knative. */
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** The time of a CloudEvent, as sent by Knative's PingSource. A repeated call has the same time. */
    private static final String EVENT_TIME_HEADER = "ce-time";

    private static final String SCHEDULE = "schedule";

    static TickRoute of(ScheduleDoor schedules) {
        return new TickRoute(Route.post("/schedules/{" + SCHEDULE + "}", "tick").answers(204), schedules);
    }

    @Override
    public String function() {
        return "";
    }

    @Override
    public HttpReply serve(MatchedRequest request, Exchange exchange) {
        String name = request.fields().getOrDefault(SCHEDULE, "");
        if (schedules.schedules().stream().noneMatch(schedule -> schedule.name().equals(name))) {
            throw Refusal.notFound("unknown schedule: " + Refusal.quote(name));
        }
        Outcome outcome = schedules.tick(new Tick(name, due(request)), Deadline.in(TIMEOUT));
        return switch (outcome.kind()) {
            case OK -> new HttpReply(204, Headers.NONE, new byte[0]);
            case RETRY -> throw Refusal.unavailable(outcome.reason(), new IllegalStateException(outcome.reason()));
            case POISON -> throw Refusal.invalid(outcome.reason());
        };
    }

    private Instant due(MatchedRequest request) {
        List<String> parameters = request.query().all("due");
        List<String> values = parameters.isEmpty()
                ? request.header().apply(EVENT_TIME_HEADER).stream().toList()
                : parameters;
        if (values.isEmpty()) {
            return schedules.now().truncatedTo(ChronoUnit.MINUTES);
        }
        String last = values.get(values.size() - 1);
        Instant due = Rfc3339.parse(last);
        if (due == null) {
            throw Refusal.invalid("due must be an RFC 3339 time, but is: " + Refusal.quote(last));
        }
        return due;
    }
}

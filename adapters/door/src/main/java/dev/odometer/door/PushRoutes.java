package dev.odometer.door;

import dev.odometer.door.json.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What a broker or a timer may call beside the routes. */
record PushRoutes(List<RouteHandler> served) {

    static final PushRoutes NONE = new PushRoutes(List.of());

    /** Where pushed things go. */
    record Doors(BatchDoor batches, BatchProcessor processor, ScheduleDoor schedules, Clock clock) {}

    /** Whether a path is one of theirs. */
    static boolean arePushedTo(String path) {
        return path.equals("/") || path.startsWith("/channels/") || path.startsWith("/schedules/");
    }

    static PushRoutes of(Doors doors, Json json, List<Envelope> envelopes) {
        var served = new ArrayList<RouteHandler>(PushRoute.all(doors, new PushedItems(json), envelopes));
        served.add(TickRoute.of(doors.schedules(), doors.clock()));
        return new PushRoutes(served);
    }
}

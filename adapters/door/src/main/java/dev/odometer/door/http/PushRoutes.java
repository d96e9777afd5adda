package dev.odometer.door.http;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.json.Json;
import dev.odometer.door.schedule.ScheduleDoor;
import java.util.ArrayList;
import java.util.List;

/** The routes that brokers and timers push to. */
public record PushRoutes(List<RouteHandler> served) {

    public static final PushRoutes NONE = new PushRoutes(List.of());

    /** The doors that pushed messages and ticks are passed to. */
    public record Doors(BatchDoor batches, BatchProcessor processor, ScheduleDoor schedules) {}

    /** Whether a path belongs to these routes. */
    static boolean arePushedTo(String path) {
        return path.equals("/") || path.startsWith("/channels/") || path.startsWith("/schedules/");
    }

    public static PushRoutes of(Doors doors, Json json, List<Envelope> envelopes) {
        var served = new ArrayList<RouteHandler>(PushRoute.all(doors, new PushedItems(json), envelopes));
        served.add(TickRoute.of(doors.schedules()));
        return new PushRoutes(served);
    }
}

package dev.odometer.door;

import dev.odometer.door.json.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What a broker or a timer may call beside the routes. */
record Pushes(List<Served> served) {

    static final Pushes NONE = new Pushes(List.of());

    /** Where pushed things go. */
    record Doors(BatchDoor batches, BatchProcessor processor, ScheduleDoor schedules, Clock clock) {}

    /** Whether a path is one of theirs. */
    static boolean arePushedTo(String path) {
        return path.equals("/") || path.startsWith("/channels/") || path.startsWith("/schedules/");
    }

    static Pushes of(Doors doors, Json json, List<Envelope> envelopes) {
        var served = new ArrayList<Served>(Push.all(doors, new PushedItems(json), envelopes));
        served.add(PushedTick.of(doors.schedules(), doors.clock()));
        return new Pushes(served);
    }
}

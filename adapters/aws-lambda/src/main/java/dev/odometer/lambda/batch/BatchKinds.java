package dev.odometer.lambda.batch;

import dev.odometer.door.ScheduleDoor;
import dev.odometer.door.json.Json;
import dev.odometer.lambda.EventKind;
import java.util.List;

/** The rows of the table of kinds for which nobody waits. */
public record BatchKinds(List<EventKind> rows) {

    static BatchKinds of(BatchHandler handler, Channels channels, Json json, ScheduleDoor schedules) {
        var contents = new Contents(channels, json);
        return new BatchKinds(List.of(
                new Records(new Queue(contents), handler),
                new Records(new Stream(contents), handler),
                new Records(new Table(contents, json), handler),
                new Kafka(contents, handler),
                new Records(new Topic(contents), handler),
                new Records(new Bucket(contents), handler),
                new BusEvents(contents, handler),
                new Ticks(schedules),
                new Nothing(handler)));
    }
}

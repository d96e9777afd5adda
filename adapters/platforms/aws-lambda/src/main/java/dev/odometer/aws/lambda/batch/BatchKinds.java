package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.EventKind;
import dev.odometer.door.ScheduleDoor;
import dev.odometer.door.json.Json;
import java.util.List;

/** The rows of the table of kinds for which nobody waits. */
public record BatchKinds(List<EventKind> rows) {

    static BatchKinds of(Desk desk, Channels channels, Json json, ScheduleDoor schedules) {
        var contents = new Contents(channels, json);
        return new BatchKinds(List.of(
                new Records(new Queue(contents), desk),
                new Records(new Stream(contents), desk),
                new Records(new Table(contents, json), desk),
                new Kafka(contents, desk),
                new Records(new Topic(contents), desk),
                new Records(new Bucket(contents), desk),
                new BusEvents(contents, desk),
                new Ticks(schedules),
                new Nothing(desk)));
    }
}

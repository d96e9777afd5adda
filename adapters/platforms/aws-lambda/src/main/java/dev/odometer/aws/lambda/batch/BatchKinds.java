package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.EventKind;
import dev.odometer.door.ScheduleDoor;
import dev.odometer.door.json.Json;
import java.util.List;

/** The rows of the table of kinds for which nobody waits. */
public record BatchKinds(List<EventKind> rows) {

    static BatchKinds of(BatchProcessor desk, Channels channels, Json json, ScheduleDoor schedules) {
        var contents = new EnvelopeUnwrapper(channels, json);
        return new BatchKinds(List.of(
                new Records(new SqsSource(contents), desk),
                new Records(new KinesisSource(contents), desk),
                new Records(new DynamoDbSource(contents, json), desk),
                new KafkaSource(contents, desk),
                new Records(new SnsSource(contents), desk),
                new Records(new S3Source(contents), desk),
                new EventBridgeSource(contents, desk),
                new Ticks(schedules),
                new EmptyBatch(desk)));
    }
}

package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.json.Json;
import java.util.List;

/** The kinds of events of asynchronous sources. */
public record BatchKinds(List<EventKind> rows) {

    static BatchKinds of(BatchHandler handler, Channels channels, Json json, Ticks ticks) {
        var contents = new EnvelopeUnwrapper(channels, json);
        return new BatchKinds(List.of(
                new Records(new SqsSource(contents), handler),
                new Records(new KinesisSource(contents), handler),
                new Records(new DynamoDbSource(contents, json), handler),
                new KafkaSource(contents, handler),
                new Records(new SnsSource(contents), handler),
                new Records(new S3Source(contents), handler),
                new EventBridgeSource(contents, handler),
                ticks,
                ticks.warmUps(),
                new EmptyBatch(handler)));
    }
}

package dev.odometer.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An event of SQS, as AWS documents it. */
final class SqsEvent {

    private SqsEvent() {}

    /** With a message for each body; their ids are {@code message-1} and so on. */
    static String of(String... bodies) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String body : bodies) {
            records.add(Map.of(
                    "messageId",
                    "message-" + (records.size() + 1),
                    "receiptHandle",
                    "handle",
                    "body",
                    body,
                    "attributes",
                    Map.of("ApproximateReceiveCount", "1", "SentTimestamp", "1772323200000"),
                    "messageAttributes",
                    Map.of(),
                    "eventSource",
                    "aws:sqs",
                    "eventSourceARN",
                    "arn:aws:sqs:eu-west-1:123456789012:payments",
                    "awsRegion",
                    "eu-west-1"));
        }
        return new JsonMapper().writeValueAsString(Map.of("Records", records));
    }
}

package dev.odometer.aws.lambda.batch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sample events in the formats of AWS, reduced to the relevant members. */
final class Samples {

    private static final String ARN = "arn:aws:%s:eu-west-1:123456789012:%s";

    private Samples() {}

    /** A CloudEvent in structured mode. */
    static String event(String id) {
        return event(id, "acme");
    }

    static String event(String id, String subject) {
        return object().put("specversion", "1.0")
                .put("id", id)
                .put("source", "shop")
                .put("type", "order")
                .put("subject", subject)
                .toString();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String arn(String service, String resource) {
        return ARN.formatted(service, resource);
    }

    static JsonNode records(List<? extends JsonNode> records) {
        ObjectNode event = object();
        event.set("Records", array(records));
        return event;
    }

    static ArrayNode array(List<? extends JsonNode> nodes) {
        return JsonNodeFactory.instance.arrayNode().addAll(nodes);
    }

    static ObjectNode sqs(String queue, String id, String body) {
        return object().put("messageId", id)
                .put("body", body)
                .put("eventSource", "aws:sqs")
                .put("eventSourceARN", arn("sqs", queue));
    }

    static ObjectNode fifo(String queue, String id, String group, String body) {
        ObjectNode message = sqs(queue + ".fifo", id, body);
        message.putObject("attributes").put("MessageGroupId", group);
        return message;
    }

    static ObjectNode kinesis(String stream, String number, String data) {
        ObjectNode record =
                object().put("eventSource", "aws:kinesis").put("eventSourceARN", arn("kinesis", "stream/" + stream));
        record.putObject("kinesis").put("sequenceNumber", number).put("data", base64(data));
        return record;
    }

    static ObjectNode dynamo(String table, String number, JsonNode image) {
        ObjectNode record = object().put("eventName", "INSERT")
                .put("eventSource", "aws:dynamodb")
                .put("eventSourceARN", arn("dynamodb", "table/" + table + "/stream/2026-01-01T00:00:00.000"));
        record.putObject("dynamodb").put("SequenceNumber", number).set("NewImage", image);
        return record;
    }

    /** The members of an event as attributes of an item, all of them strings. */
    static ObjectNode image(String event) {
        ObjectNode image = object();
        SampleHandler.JSON
                .readTree(event)
                .properties()
                .forEach(entry -> image.putObject(entry.getKey()).set("S", entry.getValue()));
        return image;
    }

    static ObjectNode sns(String topic, String id, String message) {
        ObjectNode record = object().put("EventSource", "aws:sns");
        record.set("Sns", notification(topic, id, message));
        return record;
    }

    static ObjectNode notification(String topic, String id, String message) {
        return object().put("Type", "Notification")
                .put("MessageId", id)
                .put("TopicArn", arn("sns", topic))
                .put("Message", message);
    }

    static ObjectNode bus(String source, String type, String detail) {
        ObjectNode event = object().put("version", "0")
                .put("id", "b-1")
                .put("detail-type", type)
                .put("source", source)
                .put("time", "2026-01-01T00:00:00Z");
        event.set("detail", SampleHandler.JSON.readTree(detail));
        return event;
    }

    static ObjectNode s3(String name, String bucket, String key) {
        ObjectNode record = object().put("eventSource", "aws:s3")
                .put("eventName", name)
                .put("eventTime", "2026-01-01T00:00:00.123Z");
        ObjectNode s3 = record.putObject("s3");
        s3.putObject("bucket").put("name", bucket).put("arn", "arn:aws:s3:::" + bucket);
        s3.putObject("object").put("key", key).put("size", 12).put("eTag", "e1").put("sequencer", "01");
        return record;
    }

    static ObjectNode kafkaRecord(long offset, String value) {
        return object().put("offset", offset).put("value", base64(value));
    }

    static ObjectNode kafka() {
        ObjectNode event = object().put("eventSource", "aws:kafka").put("eventSourceArn", arn("kafka", "cluster/c/1"));
        event.putObject("records");
        return event;
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

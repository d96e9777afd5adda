package dev.odometer.conformance.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.aws.Answer;
import dev.odometer.conformance.aws.Gateway;
import dev.odometer.conformance.aws.LambdaProcess;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.json.JsonMapper;

/** The zip in AWS's runtime client: an HTTP API, an SQS queue, S3 and EventBridge Scheduler. */
@EnabledOnOs(OS.LINUX)
class OrdersLambdaIT extends OrdersContract {

    private static final Gateway GATEWAY = Gateway.all().get(1);

    @Override
    Service start() throws Exception {
        var store = new ObjectStore();
        var settings = new HashMap<>(SETTINGS);
        settings.putAll(Map.of(
                "ODOMETER_FILES_STORE", "s3",
                "ODOMETER_FILES_S3_ENDPOINT", store.url(),
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "secret"));
        return new Lambda(
                store, LambdaProcess.start(Path.of("../../examples/orders/aws/target/orders-aws.zip"), settings));
    }

    private record Lambda(ObjectStore store, LambdaProcess instance) implements Service {

        private String invoke(byte[] event) throws InterruptedException {
            Answer answer = instance.invoke(event);
            assertThat(answer.failed()).as(answer.text() + instance.logged()).isFalse();
            return answer.text();
        }

        @Override
        public HttpReply send(HttpRequest request) throws Exception {
            return GATEWAY.reply(invoke(GATEWAY.event(request)).getBytes(UTF_8));
        }

        @Override
        public void deliver(String message) throws Exception {
            String event = """
                    {"Records":[{"messageId":"m","receiptHandle":"r","body":%s,"attributes":{"ApproximateReceiveCount":"1"},
                    "messageAttributes":{},"md5OfBody":"0","eventSource":"aws:sqs","awsRegion":"eu-central-1",
                    "eventSourceARN":"arn:aws:sqs:eu-central-1:123456789012:payments"}]}
                    """.formatted(new JsonMapper().writeValueAsString(message));

            assertThat(invoke(event.getBytes(UTF_8))).isEqualTo("{\"batchItemFailures\":[]}");
        }

        @Override
        public void upload(String name, String content) throws Exception {
            store.put("inbox/" + name, content);
            invoke("""
                    {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1",
                    "eventTime":"2026-11-01T00:00:00.000Z","eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0",
                    "bucket":{"name":"inbox","arn":"arn:aws:s3:::inbox"},
                    "object":{"key":"%s","size":1,"eTag":"%s","sequencer":"0A"}}}]}
                    """.formatted(name, ObjectStore.ETAG).getBytes(UTF_8));
        }

        @Override
        public void tick(Instant due) throws Exception {
            invoke(("{\"schedule\":\"cancelUnpaid\",\"due\":\"" + due + "\"}").getBytes(UTF_8));
        }

        @Override
        public List<String> deadLetters() {
            return store.contents("dead-letters");
        }

        @Override
        public void close() {
            instance.close();
            store.close();
        }
    }
}

package dev.odometer.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import tools.jackson.databind.JsonNode;

/** A local queue with the SQS protocol. */
final class DeadLetterQueue implements AutoCloseable {

    private final SQSRestServer server =
            SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
    private final String endpoint =
            "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort();
    private final String url;

    DeadLetterQueue() throws IOException, InterruptedException {
        url = call("CreateQueue", "{\"QueueName\":\"parked\"}")
                .required("QueueUrl")
                .asString();
    }

    /** The settings with which a function stores dead letters here. */
    Map<String, String> settings() {
        return Map.of(
                "ODOMETER_AWS_PARKED_QUEUE_URL",
                url,
                "ODOMETER_AWS_SQS_ENDPOINT",
                endpoint,
                "AWS_ACCESS_KEY_ID",
                "none",
                "AWS_SECRET_ACCESS_KEY",
                "none");
    }

    JsonNode messages() throws IOException, InterruptedException {
        return call(
                        "ReceiveMessage",
                        "{\"QueueUrl\":\"" + url + "\",\"MaxNumberOfMessages\":10,\"MessageAttributeNames\":[\"All\"]}")
                .path("Messages");
    }

    private JsonNode call(String action, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + action)
                .POST(BodyPublishers.ofString(body))
                .build();
        return Case.JSON.readTree(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body());
    }

    @Override
    public void close() {
        server.stopAndWait();
    }
}

package dev.odometer.aws.lambda.deadletter;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A local implementation of SQS, and the environment settings that the AWS client needs for it. */
public final class LocalQueues implements AutoCloseable {

    private static final Map<String, String> SETTINGS =
            Map.of("aws.region", "eu-west-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test");

    private final SQSRestServer server;
    private final URI endpoint;
    private final SqsClient client;

    private LocalQueues(SQSRestServer server) {
        this.server = server;
        endpoint = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
        client = SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    public static LocalQueues start() {
        SETTINGS.forEach(System::setProperty);
        return new LocalQueues(
                SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start());
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Creates a queue and returns its URL. */
    public String queue(String name) {
        return client.createQueue(queue -> queue.queueName(name)
                        .attributes(name.endsWith(".fifo") ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of()))
                .queueUrl();
    }

    public List<Message> received(String url) {
        return client.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
                .messages();
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
        SETTINGS.keySet().forEach(System::clearProperty);
    }
}

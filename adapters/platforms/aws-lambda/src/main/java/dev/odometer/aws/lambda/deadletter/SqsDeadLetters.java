package dev.odometer.aws.lambda.deadletter;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.setting.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Stores dead letters in the SQS queue of {@code odometer.aws.parked-queue-url}. A body that exceeds the queue's
 * maximum message size cannot be stored: the message is redelivered, and after its last attempt its source's own
 * dead-letter settings apply.
 */
public final class SqsDeadLetters implements DeadLetters {

    private static final String CLIENT = "software.amazon.awssdk.services.sqs.SqsClient";
    private static final Pattern QUEUE = Pattern.compile("https?://[^/?#@\\s]+/[^?#\\s]+");
    private static final Pattern ENDPOINT = Pattern.compile("https?://[^/?#@\\s]+/?");

    private final String url;
    private final @Nullable URI endpoint;
    private @Nullable SqsClient client;

    private SqsDeadLetters(String url, @Nullable URI endpoint) {
        this.url = url;
        this.endpoint = endpoint;
    }

    /**
     * The configured queue; {@code odometer.aws.sqs-endpoint} overrides the endpoint of SQS.
     *
     * @throws StartRefusal when a queue is configured and its client is not on the class path
     */
    public static Optional<SqsDeadLetters> from(Environment environment) {
        var settings = new Settings(environment::getProperty);
        String url = settings.text("odometer.aws.parked-queue-url", "", QUEUE, "the URL of a queue");
        String endpoint = settings.text("odometer.aws.sqs-endpoint", "", ENDPOINT, "like https://host:port");
        if (!url.isEmpty() && !ClassUtils.isPresent(CLIENT, SqsDeadLetters.class.getClassLoader())) {
            throw new StartRefusal(
                    "odometer.aws.parked-queue-url needs Amazon's client for SQS.",
                    "Add software.amazon.awssdk:sqs and url-connection-client to the function's dependencies.");
        }
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new SqsDeadLetters(url, endpoint.isEmpty() ? null : URI.create(endpoint)));
    }

    @Override
    public void store(List<DeadLetter> items) {
        SqsClient queue = client();
        items.forEach(item -> queue.sendMessage(DeadLetterMessage.of(item, url)));
    }

    /** Created with the first dead letter. Dead letters are rare, so the client must not slow down the cold start. */
    private synchronized SqsClient client() {
        if (client == null) {
            client = Client.of(endpoint);
        }
        return client;
    }

    /** A separate class, because the JVM loads classes of the optional SDK to verify it. */
    private static final class Client {

        static SqsClient of(@Nullable URI endpoint) {
            var builder = SqsClient.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(Duration.ofSeconds(2))
                            .socketTimeout(Duration.ofSeconds(5)))
                    .overrideConfiguration(settings -> settings.apiCallTimeout(Duration.ofSeconds(10)));
            if (endpoint != null) {
                builder.endpointOverride(endpoint);
            }
            return builder.build();
        }
    }
}

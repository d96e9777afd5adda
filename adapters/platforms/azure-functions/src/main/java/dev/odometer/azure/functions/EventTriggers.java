package dev.odometer.azure.functions;

import com.microsoft.azure.functions.BrokerAuthenticationMode;
import com.microsoft.azure.functions.BrokerProtocol;
import com.microsoft.azure.functions.annotation.Cardinality;
import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.KafkaTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import dev.odometer.functions.binding.Binding.Payload;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The triggers for events from Event Hubs, Kafka, Service Bus and Queue Storage. The names between percent signs are
 * application settings. {@code AzureWebJobs.<name>.Disabled} switches an unused trigger off.
 */
public final class EventTriggers {

    /** The host's value for unlimited retries: it moves on only after a successful invocation. */
    static final int UNTIL_DONE = -1;

    private final Deliveries deliveries;
    private final String kafka;

    /** @param brokers of the Kafka cluster, as configured */
    EventTriggers(Deliveries deliveries, String brokers) {
        this.deliveries = deliveries;
        this.kafka = "kafka:" + brokers;
    }

    /**
     * Takes a batch of one partition. After the last retry, the host would move on even if the invocation failed, so
     * the retries are unlimited.
     */
    @FunctionName("eventsFromEventHub")
    @ExponentialBackoffRetry(
            maxRetryCount = EventTriggers.UNTIL_DONE,
            minimumInterval = "00:00:05",
            maximumInterval = "00:05:00")
    public void eventHub(
            @EventHubTrigger(
                            name = "events",
                            eventHubName = "%ODOMETER_AZURE_EVENT_HUB%",
                            consumerGroup = "%ODOMETER_AZURE_CONSUMER_GROUP%",
                            connection = "ODOMETER_AZURE_EVENT_HUBS",
                            cardinality = Cardinality.MANY,
                            dataType = "string")
                    List<String> events)
            throws InterruptedException {
        deliveries.deliver(Payload.EVENTS, "event-hub", Messages.texts(events, true));
    }

    /**
     * Takes a batch. After a failure, the queue redelivers the whole batch, and it dead-letters a message that exceeds
     * its maximum delivery count.
     */
    @FunctionName("eventsFromServiceBus")
    public void serviceBus(
            @ServiceBusQueueTrigger(
                            name = "messages",
                            queueName = "%ODOMETER_AZURE_SERVICE_BUS_QUEUE%",
                            connection = "ODOMETER_AZURE_SERVICE_BUS",
                            cardinality = Cardinality.MANY,
                            dataType = "string")
                    List<String> messages)
            throws InterruptedException {
        deliveries.deliver(Payload.EVENTS, "service-bus", Messages.texts(messages, false));
    }

    /**
     * Takes records as JSON written by the host. As for an event hub, the host would commit after a failed last retry.
     */
    @FunctionName("eventsFromKafka")
    @ExponentialBackoffRetry(
            maxRetryCount = EventTriggers.UNTIL_DONE,
            minimumInterval = "00:00:05",
            maximumInterval = "00:05:00")
    public void kafka(
            @KafkaTrigger(
                            name = "records",
                            topic = "%ODOMETER_AZURE_KAFKA_TOPIC%",
                            brokerList = "%ODOMETER_AZURE_KAFKA_BROKERS%",
                            consumerGroup = "%ODOMETER_AZURE_CONSUMER_GROUP%",
                            protocol = BrokerProtocol.SASLSSL,
                            authenticationMode = BrokerAuthenticationMode.PLAIN,
                            username = "%ODOMETER_AZURE_KAFKA_USER%",
                            password = "%ODOMETER_AZURE_KAFKA_PASSWORD%",
                            cardinality = Cardinality.MANY,
                            dataType = "string")
                    List<String> records)
            throws InterruptedException {
        deliveries.deliver(Messages.records(records, deliveries.source(Payload.EVENTS, kafka)));
    }

    /** Takes one message. After a failure, it is redelivered; the fifth failure moves it to {@code <queue>-poison}. */
    @FunctionName("eventsFromQueue")
    public void queue(
            @QueueTrigger(
                            name = "message",
                            queueName = "%ODOMETER_AZURE_QUEUE%",
                            connection = "ODOMETER_AZURE_STORAGE",
                            dataType = "string")
                    @Nullable
                    String message)
            throws InterruptedException {
        deliveries.deliver(Payload.EVENTS, "queue", Messages.texts(Collections.singletonList(message), false));
    }
}

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
 * Events from hubs, topics and queues. The names between percent signs are application settings; a trigger that is not
 * used is switched off with {@code AzureWebJobs.<name>.Disabled}.
 */
public final class EventTriggers {

    /** The host's number for no end of retries: it goes on only when a batch has been handled. */
    static final int UNTIL_DONE = -1;

    private final Deliveries deliveries;

    EventTriggers(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** A batch is of one partition. The host moves on when its retries are used up, also after a failure: they never are. */
    @FunctionName("usageFromEventHub")
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

    /** A failure gives the whole batch back to the queue, which sets a message aside after too many deliveries. */
    @FunctionName("usageFromServiceBus")
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

    /** Records in the host's JSON. As for a hub: the host would commit also after a failure. */
    @FunctionName("usageFromKafka")
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
        deliveries.deliver(Payload.EVENTS, "kafka", Messages.records(records));
    }

    /** One message; a failure gives it back, and the fifth sends it to {@code <queue>-poison}. */
    @FunctionName("usageFromQueue")
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

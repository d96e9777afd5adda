package dev.odometer.azure;

import com.microsoft.azure.functions.annotation.Cardinality;
import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.KafkaTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import dev.odometer.azure.Deliveries.DeliverAgain;
import dev.odometer.binding.Binding.Payload;
import java.util.List;
import java.util.Optional;

/**
 * Events from hubs, topics and queues. The names between percent signs are application settings; a trigger that is not
 * used is switched off with {@code AzureWebJobs.<name>.Disabled}.
 */
public final class EventTriggers {

    private final Deliveries deliveries;

    EventTriggers(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** A batch is of one partition. The host moves on after a failure, once its retries are used up. */
    @FunctionName("usageFromEventHub")
    public void eventHub(
            @EventHubTrigger(
                            name = "events",
                            eventHubName = "%ODOMETER_AZURE_EVENT_HUB%",
                            consumerGroup = "%ODOMETER_AZURE_CONSUMER_GROUP%",
                            connection = "ODOMETER_AZURE_EVENT_HUBS",
                            cardinality = Cardinality.MANY,
                            dataType = "string")
                    List<String> events)
            throws DeliverAgain, InterruptedException {
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
            throws DeliverAgain, InterruptedException {
        deliveries.deliver(Payload.EVENTS, "service-bus", Messages.texts(messages, false));
    }

    /** Records in the host's JSON. The host commits also after a failure, once its retries are used up. */
    @FunctionName("usageFromKafka")
    public void kafka(
            @KafkaTrigger(
                            name = "records",
                            topic = "%ODOMETER_AZURE_KAFKA_TOPIC%",
                            brokerList = "%ODOMETER_AZURE_KAFKA_BROKERS%",
                            consumerGroup = "%ODOMETER_AZURE_CONSUMER_GROUP%",
                            cardinality = Cardinality.MANY,
                            dataType = "string")
                    List<String> records)
            throws DeliverAgain, InterruptedException {
        deliveries.deliver(
                Payload.EVENTS,
                "kafka",
                records.stream().map(Messages::kafka).flatMap(Optional::stream).toList());
    }

    /** One message; a failure gives it back, and the fifth sends it to {@code <queue>-poison}. */
    @FunctionName("usageFromQueue")
    public void queue(
            @QueueTrigger(
                            name = "message",
                            queueName = "%ODOMETER_AZURE_QUEUE%",
                            connection = "ODOMETER_AZURE_STORAGE",
                            dataType = "string")
                    String message)
            throws DeliverAgain, InterruptedException {
        deliveries.deliver(Payload.EVENTS, "queue", Messages.texts(List.of(message), false));
    }
}

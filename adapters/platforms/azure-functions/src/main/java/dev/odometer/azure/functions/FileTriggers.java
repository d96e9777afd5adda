package dev.odometer.azure.functions;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.BlobTrigger;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import dev.odometer.functions.binding.Binding.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The triggers for files that have arrived in a container. With the Blob trigger, the host reads the whole blob before
 * it calls the function, which limits the size of a file. Event Grid only sends an event about the blob.
 */
public final class FileTriggers {

    private final Deliveries deliveries;

    FileTriggers(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** Takes a blob. After five failures, the host sends a message about it to {@code webjobs-blobtrigger-poison}. */
    @FunctionName("filesFromBlob")
    public void blob(
            @BlobTrigger(
                            name = "content",
                            path = "%ODOMETER_AZURE_CONTAINER%/{name}",
                            connection = "ODOMETER_AZURE_STORAGE",
                            source = "EventGrid",
                            dataType = "binary")
                    byte @Nullable [] content,
            @BindingName("BlobTrigger") String path,
            @BindingName("Properties") @Nullable String properties)
            throws InterruptedException {
        deliveries.deliver(
                Payload.FILES, "blob", Blobs.triggered(path, properties, content == null ? 0 : content.length));
    }

    /** Takes {@code Microsoft.Storage.BlobCreated} events, in the Event Grid schema or as CloudEvents. */
    @FunctionName("filesFromEventGrid")
    public void eventGrid(@EventGridTrigger(name = "event", dataType = "string") @Nullable String event)
            throws InterruptedException {
        deliveries.deliver(Payload.FILES, "event-grid", Blobs.created(event));
    }
}

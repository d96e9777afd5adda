package dev.odometer.azure.functions;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.BlobTrigger;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import dev.odometer.functions.binding.Binding.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Files that have arrived in a container. The Blob trigger has the host read the whole blob before the function is called,
 * which bounds the size of a file; Event Grid only tells of it.
 */
public final class FileTriggers {

    private final Deliveries deliveries;

    FileTriggers(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** Five failures send a message about the blob to {@code webjobs-blobtrigger-poison}. */
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

    /** {@code Microsoft.Storage.BlobCreated}, in Event Grid's own schema or as a CloudEvent. */
    @FunctionName("filesFromEventGrid")
    public void eventGrid(@EventGridTrigger(name = "event", dataType = "string") @Nullable String event)
            throws InterruptedException {
        deliveries.deliver(Payload.FILES, "event-grid", Blobs.created(event));
    }
}

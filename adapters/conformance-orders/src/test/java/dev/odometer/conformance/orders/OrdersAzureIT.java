package dev.odometer.conformance.orders;

import dev.odometer.azure.functions.EventTriggers;
import dev.odometer.azure.functions.FileTriggers;
import dev.odometer.azure.functions.Restart;
import dev.odometer.azure.functions.TimerTriggers;
import dev.odometer.conformance.azure.FunctionApp;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The triggers of Azure Functions in this process: HTTP, Queue Storage, Event Grid and the timer. */
class OrdersAzureIT extends OrdersContract {

    @Override
    Service start() throws Exception {
        var store = new ObjectStore();
        var settings = new HashMap<>(SETTINGS);
        settings.putAll(Map.of(
                "ODOMETER_AZURE_SCHEDULE", "cancelUnpaid",
                "ODOMETER_FILES_STORE", "azure",
                "odometer.files.azure.endpoint", store.url(),
                "odometer.files.azure.sas", "sig=x",
                "orders.time-to-pay", "0s"));
        return new Azure(store, FunctionApp.start(settings));
    }

    private record Azure(ObjectStore store, FunctionApp app) implements Service {

        @Override
        public HttpReply send(HttpRequest request) throws Exception {
            return app.send(request);
        }

        @Override
        public void deliver(String message) throws Exception {
            app.instance(EventTriggers.class).queue(message);
        }

        @Override
        public void upload(String name, String content) throws Exception {
            store.put("inbox/" + name, content);
            app.instance(FileTriggers.class).eventGrid("""
                    {"specversion":"1.0","id":"e","source":"/subscriptions/s","type":"Microsoft.Storage.BlobCreated",
                    "time":"2026-11-01T00:00:00Z","subject":"/blobServices/default/containers/inbox/blobs/%s",
                    "data":{"url":"https://orders.blob.core.windows.net/inbox/%s","eTag":"%s","contentLength":1}}
                    """.formatted(name, name, ObjectStore.ETAG));
        }

        @Override
        public void tick(Instant due) throws Exception {
            app.instance(TimerTriggers.class).timer("{\"ScheduleStatus\":{\"Next\":\"" + due + "\"}}");
        }

        @Override
        public List<String> deadLetters() {
            return store.contents("dead-letters");
        }

        @Override
        public void close() {
            Restart.now();
            store.close();
        }
    }
}

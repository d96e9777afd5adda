package dev.odometer.local.http;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.Outcome;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.door.json.Json;
import dev.odometer.files.folder.ArrivalHandler.Result;
import dev.odometer.files.folder.FolderPoller;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileArrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/**
 * Passes files that arrive in a folder to the channel for files, if there is one. A file with the outcome RETRY stays
 * in the folder and is retried; a file that was stored as a dead letter is moved to the failed files.
 */
final class FolderWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Odometer.class);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final BatchDoor door;
    private final BatchProcessor processor;
    private final Json json;
    private final Path folder;
    private final String container;
    private @Nullable FolderPoller arrivals;

    /** Configured by {@code odometer.files.folder} and {@code odometer.files.watch}, a subfolder, or empty for none. */
    FolderWatch(BatchDoor door, BatchProcessor processor, Json json, Environment environment) {
        this.door = door;
        this.processor = processor;
        this.json = json;
        this.folder = Path.of(environment.getRequiredProperty("odometer.files.folder"));
        this.container = environment.getProperty("odometer.files.watch", "").strip();
    }

    /** A folder that cannot be watched does not prevent the service from serving requests. */
    @Override
    public void start() {
        boolean isTaken = door.bindings().stream().anyMatch(binding -> binding.payload() == Payload.FILES);
        if (!isTaken || container.isEmpty()) {
            return;
        }
        var source = new DeliverySource(door.onlyChannel(Payload.FILES), "folder:" + container);
        try {
            arrivals = new FolderPoller(folder, container, (file, end) -> handle(source, file, end), POLL_INTERVAL);
            arrivals.start();
            LOG.info("Watching {} for files for the channel {}", folder.resolve(container), source.channel());
        } catch (IOException failure) {
            LOG.warn("Watching {} failed: {}", folder.resolve(container), failure.toString());
        }
    }

    private Result handle(DeliverySource source, FileArrival file, Deadline end) {
        var item = Item.json(file.key() + "@" + file.version(), null, json.write(file));
        Delivery<Item> delivery = Delivery.of(source, item);
        Outcome outcome = processor
                .process(List.of(delivery), ReportMode.FAILED_ITEMS, end)
                .outcome(delivery.items().get(0));
        return switch (outcome.kind()) {
            case OK -> Result.DONE;
            case POISON -> Result.FAILED;
            case RETRY -> {
                LOG.warn("{} will be retried: {}", file.key(), outcome.reason());
                yield Result.RETRY;
            }
        };
    }

    @Override
    public void stop() {
        if (arrivals != null) {
            arrivals.close();
            arrivals = null;
        }
    }

    @Override
    public boolean isRunning() {
        return arrivals != null;
    }
}

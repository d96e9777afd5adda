package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.parking.QueueParking;
import dev.odometer.door.BatchDoor;
import dev.odometer.door.ScheduleDoor;
import dev.odometer.door.json.Json;
import dev.odometer.functions.deadletter.ParkedItems;
import dev.odometer.functions.deadletter.Parking;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Batches, files and ticks, and where poison goes: to a queue where one is set, else to the database. */
@Configuration(proxyBeanMethods = false)
public class BatchConfiguration {

    private final Environment environment;
    private final ObjectProvider<ParkedItems> database;

    BatchConfiguration(Environment environment, ObjectProvider<ParkedItems> database) {
        this.environment = environment;
        this.database = database;
    }

    @Bean
    BatchKinds batchKinds(BatchDoor door, ScheduleDoor schedules, Json json) {
        var channels = Channels.from(door, environment);
        return BatchKinds.of(new Desk(door, channels, json, parking()), channels, json, schedules);
    }

    private @Nullable Parking parking() {
        Parking queue = QueueParking.from(environment).orElse(null);
        return queue == null ? database.getIfAvailable() : queue;
    }
}

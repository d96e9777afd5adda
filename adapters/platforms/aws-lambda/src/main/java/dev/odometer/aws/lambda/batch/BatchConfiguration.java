package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.deadletter.SqsDeadLetters;
import dev.odometer.door.BatchDoor;
import dev.odometer.door.ScheduleDoor;
import dev.odometer.door.json.Json;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.DeadLetters;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Batches, files and ticks, and where poison goes: to a queue where one is set, else to the database. */
@Configuration(proxyBeanMethods = false)
public class BatchConfiguration {

    private final Environment environment;
    private final ObjectProvider<DeadLetterStore> database;

    BatchConfiguration(Environment environment, ObjectProvider<DeadLetterStore> database) {
        this.environment = environment;
        this.database = database;
    }

    @Bean
    BatchKinds batchKinds(BatchDoor door, ScheduleDoor schedules, Json json) {
        var channels = Channels.from(door, environment);
        return BatchKinds.of(new BatchProcessor(door, channels, json, deadLetters()), channels, json, schedules);
    }

    private @Nullable DeadLetters deadLetters() {
        DeadLetters queue = SqsDeadLetters.from(environment).orElse(null);
        return queue == null ? database.getIfAvailable() : queue;
    }
}

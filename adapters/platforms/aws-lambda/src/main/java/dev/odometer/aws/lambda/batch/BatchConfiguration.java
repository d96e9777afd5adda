package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.deadletter.SqsDeadLetters;
import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.DeadLetterWriter;
import dev.odometer.door.json.Json;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.text.Glob;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Configures batches, files and ticks. Dead letters go to the configured queue, or else to the database, if any. */
@Configuration(proxyBeanMethods = false)
public class BatchConfiguration {

    private final Environment environment;

    BatchConfiguration(Environment environment) {
        this.environment = environment;
    }

    @Bean
    BatchKinds batchKinds(BatchDoor door, BatchProcessor processor, ScheduleDoor schedules, Json json) {
        var channels = Channels.from(door, environment);
        String warmUps = environment.getProperty("odometer.aws.warm-ups", WarmUps.NAMES);
        var ticks = new Ticks(schedules, new WarmUps(Glob.anyOf(warmUps), schedules));
        return BatchKinds.of(new BatchHandler(processor, channels, json), channels, json, ticks);
    }

    @Bean
    DeadLetterWriter lambdaDeadLetters(
            ObjectProvider<DeadLetters> database, ObjectProvider<Clock> clock, BatchDoor door) {
        Optional<DeadLetters> queue = SqsDeadLetters.from(environment).map(DeadLetters.class::cast);
        return DeadLetterWriter.of(
                queue.orElseGet(database::getIfAvailable), clock.getIfAvailable(Clock::systemUTC), door);
    }
}

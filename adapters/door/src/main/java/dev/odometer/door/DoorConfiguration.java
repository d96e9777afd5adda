package dev.odometer.door;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.DeadLetterObserver;
import dev.odometer.door.batch.DeadLetterWriter;
import dev.odometer.door.event.EventDocuments;
import dev.odometer.door.function.Functions;
import dev.odometer.door.http.DoorSettings;
import dev.odometer.door.http.DoorSettings.PushAccess;
import dev.odometer.door.http.Envelope;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.Observer;
import dev.odometer.door.http.PushRoutes;
import dev.odometer.door.json.Json;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.TickLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Auto-configures the doors from the tables and functions of the application. */
@AutoConfiguration(after = ContextFunctionCatalogAutoConfiguration.class)
public class DoorConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DoorConfiguration.class);

    private final ObjectProvider<Observer> observers;
    private final ObjectProvider<PushRoutes> pushes;
    private final ObjectProvider<Envelope> envelopes;
    private final ObjectProvider<ScheduleDoor> schedules;
    private final ObjectProvider<BatchProcessor> processors;

    DoorConfiguration(
            ObjectProvider<Observer> observers,
            ObjectProvider<PushRoutes> pushes,
            ObjectProvider<Envelope> envelopes,
            ObjectProvider<ScheduleDoor> schedules,
            ObjectProvider<BatchProcessor> processors) {
        this.observers = observers;
        this.pushes = pushes;
        this.envelopes = envelopes;
        this.schedules = schedules;
        this.processors = processors;
    }

    @Bean
    DoorSettings doorSettings(Environment environment) {
        return DoorSettings.from(environment);
    }

    @Bean
    Json doorJson() {
        return new Json();
    }

    @Bean
    Documents documents(Json json) {
        return new EventDocuments(json);
    }

    @Bean
    Functions doorFunctions(FunctionCatalog catalog, Environment environment) {
        return new Functions(catalog, environment.getProperty("spring.cloud.function.definition"));
    }

    @Bean
    HttpDoor httpDoor(Functions functions, ObjectProvider<Routes> routes, Json json, DoorSettings settings) {
        return new HttpDoor(
                functions,
                routes.orderedStream().toList(),
                pushes.getObject(),
                json,
                settings,
                observers.orderedStream().toList());
    }

    @Bean
    PushRoutes pushes(DoorSettings settings, BatchDoor batches, Json json) {
        if (settings.push() == PushAccess.OFF) {
            return PushRoutes.NONE;
        }
        var doors = new PushRoutes.Doors(batches, processors.getObject(), schedules.getObject());
        return PushRoutes.of(doors, json, envelopes.orderedStream().toList());
    }

    @Bean
    BatchDoor batchDoor(Functions functions, ObjectProvider<Bindings> bindings, Json json) {
        return new BatchDoor(functions, bindings.orderedStream().toList(), json);
    }

    /** A platform may define its own. */
    @Bean
    @ConditionalOnMissingBean
    DeadLetterWriter deadLetterWriter(
            ObjectProvider<DeadLetters> store,
            ObjectProvider<Clock> clock,
            BatchDoor door,
            ObjectProvider<DeadLetterObserver> deadLetterObservers) {
        return DeadLetterWriter.of(store.getIfAvailable(), clock.getIfAvailable(Clock::systemUTC), door)
                .observed(deadLetterObservers.orderedStream().toList());
    }

    @Bean
    BatchProcessor batchProcessor(BatchDoor door, DeadLetterWriter deadLetters) {
        return new BatchProcessor(door, deadLetters);
    }

    @Bean
    ScheduleDoor scheduleDoor(
            Functions functions,
            ObjectProvider<Schedules> schedules,
            ObjectProvider<TickLog> log,
            ObjectProvider<Clock> clock) {
        Optional<TickLog> ticks = Optional.ofNullable(log.getIfAvailable());
        var door = new ScheduleDoor(
                functions, schedules.orderedStream().toList(), ticks, clock.getIfAvailable(Clock::systemUTC));
        List<String> names =
                door.schedules().stream().map(Schedule::name).sorted().toList();
        if (ticks.isEmpty() && !names.isEmpty()) {
            LOG.warn("There is no tick log: each process runs the schedules {}, and a repeated tick runs again", names);
        }
        return door;
    }
}

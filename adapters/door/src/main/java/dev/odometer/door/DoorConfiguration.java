package dev.odometer.door;

import dev.odometer.door.DoorSettings.Pushing;
import dev.odometer.door.event.EventDocuments;
import dev.odometer.door.function.Functions;
import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.TickLog;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.cloud.function.context.FunctionCatalog;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The doors, made from whatever tables and functions the application brings. */
@AutoConfiguration(after = ContextFunctionCatalogAutoConfiguration.class)
public class DoorConfiguration {

    private final ObjectProvider<Observer> observers;
    private final ObjectProvider<PushRoutes> pushes;
    private final ObjectProvider<Envelope> envelopes;
    private final ObjectProvider<ScheduleDoor> schedules;

    DoorConfiguration(
            ObjectProvider<Observer> observers,
            ObjectProvider<PushRoutes> pushes,
            ObjectProvider<Envelope> envelopes,
            ObjectProvider<ScheduleDoor> schedules) {
        this.observers = observers;
        this.pushes = pushes;
        this.envelopes = envelopes;
        this.schedules = schedules;
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
    PushRoutes pushes(DoorSettings settings, ObjectProvider<DeliveryDoor> deliveries, Json json) {
        return settings.push() == Pushing.OFF
                ? PushRoutes.NONE
                : PushRoutes.of(
                        new PushRoutes.Doors(deliveries.getObject(), schedules.getObject()),
                        json,
                        envelopes.orderedStream().toList());
    }

    @Bean
    BatchDoor batchDoor(Functions functions, ObjectProvider<Bindings> bindings, Json json) {
        return new BatchDoor(functions, bindings.orderedStream().toList(), json);
    }

    /** Without a place for poison, poison is delivered again and again. */
    @Bean
    DeliveryDoor deliveryDoor(BatchDoor door, ObjectProvider<DeadLetters> deadLetters, ObjectProvider<Clock> clock) {
        return new DeliveryDoor(
                door, items -> deadLetters.getObject().park(items), clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    ScheduleDoor scheduleDoor(
            Functions functions,
            ObjectProvider<Schedules> schedules,
            ObjectProvider<TickLog> log,
            ObjectProvider<Clock> clock) {
        return new ScheduleDoor(
                functions,
                schedules.orderedStream().toList(),
                Optional.ofNullable(log.getIfAvailable()),
                clock.getIfAvailable(Clock::systemUTC));
    }
}

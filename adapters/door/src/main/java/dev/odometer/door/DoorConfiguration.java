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
import dev.odometer.door.invocation.InvocationMeter;
import dev.odometer.door.invocation.InvocationMeter.Invocation;
import dev.odometer.door.json.Json;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.invocation.InvocationLog;
import dev.odometer.functions.invocation.InvocationTotals;
import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.functions.setting.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    private static final String SELF_METERING = "odometer.self-metering";
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final int DEFAULT_INVOCATIONS = 10_000;
    private static final int MAX_INVOCATIONS = 1_000_000;

    private final ObjectProvider<Observer> observers;
    private final ObjectProvider<PushRoutes> pushes;
    private final ObjectProvider<Envelope> envelopes;
    private final ObjectProvider<ScheduleDoor> schedules;
    private final ObjectProvider<BatchProcessor> processors;
    private final ObjectProvider<InvocationMeter> meters;

    DoorConfiguration(
            ObjectProvider<Observer> observers,
            ObjectProvider<PushRoutes> pushes,
            ObjectProvider<Envelope> envelopes,
            ObjectProvider<ScheduleDoor> schedules,
            ObjectProvider<BatchProcessor> processors,
            ObjectProvider<InvocationMeter> meters) {
        this.observers = observers;
        this.pushes = pushes;
        this.envelopes = envelopes;
        this.schedules = schedules;
        this.processors = processors;
        this.meters = meters;
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
                Stream.concat(observers.orderedStream(), counting(meters.getObject()).stream())
                        .toList());
    }

    /** Counts the requests of the HTTP door. Those for pushes are counted by the doors that they are passed to. */
    private static Optional<Observer> counting(InvocationMeter meter) {
        Observer observer = served -> {
            // A warm-up has no method.
            if (!served.method().isEmpty()
                    && (served.route().isEmpty() || !served.function().isEmpty())) {
                meter.finished(new Invocation(
                        served.route().isEmpty() ? InvocationTotals.NO_FUNCTION : served.function(),
                        Trigger.HTTP,
                        served.isSuccess() ? served.items() : 0,
                        served.bytesIn(),
                        served.bytesOut(),
                        served.took()));
            }
        };
        return meter.isOn() ? Optional.of(observer) : Optional.empty();
    }

    @Bean
    InvocationMeter invocationMeter(
            ObjectProvider<InvocationLog> log, ObjectProvider<Clock> clock, Environment environment) {
        var settings = new Settings(environment::getProperty);
        Duration interval =
                settings.duration(SELF_METERING + ".interval", DEFAULT_INTERVAL, Duration.ZERO, Duration.ofDays(1));
        int maximum = settings.number(SELF_METERING + ".max-invocations", DEFAULT_INVOCATIONS, 1, MAX_INVOCATIONS);
        if (!settings.flag(SELF_METERING + ".enabled", false)) {
            return InvocationMeter.OFF;
        }
        InvocationLog store = log.getIfAvailable();
        if (store == null) {
            throw new StartRefusal(
                    SELF_METERING + ".enabled is true, but nothing stores the invocations here.",
                    "Add odometer-event-functions, or define a bean of the type InvocationLog.");
        }
        return new InvocationMeter(store, clock.getIfAvailable(Clock::systemUTC), interval, maximum);
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
    BatchProcessor batchProcessor(BatchDoor door, DeadLetterWriter deadLetters, InvocationMeter meter) {
        return new BatchProcessor(door, deadLetters, meter);
    }

    @Bean
    ScheduleDoor scheduleDoor(
            Functions functions,
            ObjectProvider<Schedules> schedules,
            ObjectProvider<TickLog> log,
            ObjectProvider<Clock> clock,
            InvocationMeter meter) {
        Optional<TickLog> ticks = Optional.ofNullable(log.getIfAvailable());
        var door = new ScheduleDoor(
                functions, schedules.orderedStream().toList(), ticks, clock.getIfAvailable(Clock::systemUTC), meter);
        List<String> names =
                door.schedules().stream().map(Schedule::name).sorted().toList();
        if (ticks.isEmpty() && !names.isEmpty()) {
            LOG.warn("There is no tick log: each process runs the schedules {}, and a repeated tick runs again", names);
        }
        return door;
    }
}

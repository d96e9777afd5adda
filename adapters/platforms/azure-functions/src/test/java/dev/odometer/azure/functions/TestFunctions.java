package dev.odometer.azure.functions;

import dev.odometer.door.DoorConfiguration;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.Tick;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Functions without business logic, one per kind of input, which call {@link Recorder}. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ContextFunctionCatalogAutoConfiguration.class, DoorConfiguration.class})
class TestFunctions {

    record Event(String id, String source, String type, String subject, Instant time, Map<String, Object> data) {
        Event {
            if (subject == null) {
                throw Refusal.invalid("subject is required");
            }
        }
    }

    @Bean
    Consumer<List<Event>> takeEvents() {
        return TriggerFixture.RECORDER::take;
    }

    @Bean
    Consumer<FileArrival> takeFile() {
        return TriggerFixture.RECORDER::take;
    }

    @Bean
    Consumer<Tick> takeTick() {
        return TriggerFixture.RECORDER::take;
    }

    @Bean
    Bindings bindings() {
        return new Bindings(List.of(
                Binding.events("events", "takeEvents").batch().byKey().attempts(3),
                Binding.files("files", "takeFile").byKey().attempts(3)));
    }

    @Bean
    Schedules schedules() {
        return new Schedules(List.of(new Schedule("nightly", "0 2 * * *", ZoneOffset.UTC, "takeTick")));
    }
}

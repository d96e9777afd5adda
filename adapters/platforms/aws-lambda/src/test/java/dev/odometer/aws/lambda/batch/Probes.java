package dev.odometer.aws.lambda.batch;

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
import org.springframework.context.annotation.Import;

/** Sample functions without billing, on channels with the settings that {@link TruthTablesTest} compares. */
@Configuration(proxyBeanMethods = false)
@Import(BatchConfiguration.class)
@ImportAutoConfiguration({ContextFunctionCatalogAutoConfiguration.class, DoorConfiguration.class})
class Probes {

    record Event(String id, String source, String type, String subject, Instant time, Map<String, Object> data) {
        Event {
            if (subject == null) {
                throw Refusal.invalid("subject is required");
            }
        }
    }

    @Bean
    Consumer<List<Event>> takeEvents() {
        return SampleHandler.STATE::take;
    }

    @Bean
    Consumer<Event> takeEvent() {
        return event -> SampleHandler.STATE.take(List.of(event));
    }

    @Bean
    Consumer<FileArrival> takeFile() {
        return SampleHandler.STATE::take;
    }

    @Bean
    Consumer<Tick> takeTick() {
        return SampleHandler.STATE::take;
    }

    @Bean
    Bindings bindings() {
        return new Bindings(List.of(
                Binding.events("batch", "takeEvents").batch().byKey().attempts(3),
                Binding.events("item", "takeEvent").byKey().attempts(3),
                Binding.events("whole", "takeEvents")
                        .batch()
                        .byKey()
                        .attempts(3)
                        .withoutItemReports(),
                Binding.files("files", "takeFile").attempts(3)));
    }

    @Bean
    Schedules schedules() {
        return new Schedules(List.of(new Schedule("nightly", "0 2 * * *", ZoneOffset.UTC, "takeTick")));
    }

    @Bean
    SampleState.Store store() {
        return SampleHandler.STATE.store();
    }
}

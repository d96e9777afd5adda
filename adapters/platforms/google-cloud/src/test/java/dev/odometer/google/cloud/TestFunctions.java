package dev.odometer.google.cloud;

import dev.odometer.door.DoorConfiguration;
import dev.odometer.door.http.Envelope;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.DeadLetters;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Functions without business logic behind a door; they record their inputs and inject failures. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ContextFunctionCatalogAutoConfiguration.class, DoorConfiguration.class})
class TestFunctions {

    record Event(String id, String source, String type, String subject) {
        Event {
            if (subject == null) {
                throw Refusal.invalid("subject is required");
            }
        }
    }

    /** The ids of counted events without duplicates, in the order in which they were first counted. */
    static final List<String> COUNTED = new ArrayList<>();

    static final List<FileArrival> FILES = new ArrayList<>();
    /** The number of times that an event fails before it is counted. */
    static final Map<String, Integer> FAILURES = new HashMap<>();

    private static DeadLetterStore parked = new InMemoryDeadLetterStore();

    private static final HttpDoor DOOR = new SpringApplicationBuilder(TestFunctions.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .properties("spring.main.banner-mode=off", "logging.level.root=OFF", "odometer.push=open")
            .run()
            .getBean(HttpDoor.class);

    static void reset() {
        List.of(COUNTED, FILES).forEach(List::clear);
        FAILURES.clear();
        parked = new InMemoryDeadLetterStore();
    }

    static List<DeadLetter> parked() {
        return List.of("batch", "item", "files").stream()
                .flatMap(channel -> parked.list(channel, 0, 1000).stream())
                .map(DeadLetterStore.Stored::item)
                .toList();
    }

    static HttpReply push(String path, byte[] body, String... headers) {
        return DOOR.handle(new HttpRequest("POST", path, null, Headers.of(headers), body));
    }

    static int push(String path, String body, String... headers) {
        return push(path, body.getBytes(StandardCharsets.UTF_8), headers).status();
    }

    /** Counts all events or none, like a transaction. */
    private static void take(List<Event> batch) {
        boolean failed = false;
        for (Event event : batch) {
            if (event.subject().equals("refused")) {
                throw Refusal.conflict("it is refused");
            }
            failed |= FAILURES.merge(event.id(), -1, Integer::sum) >= 0;
        }
        if (failed) {
            throw Refusal.unavailable("come back later", new IllegalStateException("unavailable"));
        }
        batch.stream().map(Event::id).filter(id -> !COUNTED.contains(id)).forEach(COUNTED::add);
    }

    @Bean
    Envelope envelope() {
        return new GoogleEnvelope();
    }

    @Bean
    DeadLetters deadLetters() {
        return items -> parked.store(items);
    }

    @Bean
    Consumer<List<Event>> takeEvents() {
        return TestFunctions::take;
    }

    @Bean
    Consumer<Event> takeEvent() {
        return event -> take(List.of(event));
    }

    @Bean
    Consumer<FileArrival> takeFile() {
        return FILES::add;
    }

    @Bean
    Bindings bindings() {
        return new Bindings(List.of(
                Binding.events("batch", "takeEvents").batch().byKey().attempts(3),
                Binding.events("item", "takeEvent").byKey().attempts(3),
                Binding.files("files", "takeFile").byKey().attempts(3)));
    }
}

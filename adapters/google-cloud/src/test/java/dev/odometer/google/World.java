package dev.odometer.google;

import dev.odometer.binding.Binding;
import dev.odometer.binding.Bindings;
import dev.odometer.binding.FileArrival;
import dev.odometer.door.DoorConfiguration;
import dev.odometer.door.Envelope;
import dev.odometer.door.Headers;
import dev.odometer.door.HttpDoor;
import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import dev.odometer.parking.InMemoryParkedItems;
import dev.odometer.parking.ParkedItem;
import dev.odometer.parking.ParkedItems;
import dev.odometer.parking.Parking;
import dev.odometer.refusal.Refusal;
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

/** A door onto functions that are nobody's business, what they do with what they are handed, and what came of it. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ContextFunctionCatalogAutoConfiguration.class, DoorConfiguration.class})
class World {

    record Event(String id, String source, String type, String subject) {
        Event {
            if (subject == null) {
                throw Refusal.invalid("subject is required");
            }
        }
    }

    /** Each event once, in the order in which they were first counted. */
    static final List<String> COUNTED = new ArrayList<>();

    static final List<FileArrival> FILES = new ArrayList<>();
    /** How often an event has to fail before it is counted. */
    static final Map<String, Integer> FAILURES = new HashMap<>();

    private static ParkedItems parked = new InMemoryParkedItems();

    private static final HttpDoor DOOR = new SpringApplicationBuilder(World.class)
            .web(WebApplicationType.NONE)
            .logStartupInfo(false)
            .properties("spring.main.banner-mode=off", "logging.level.root=OFF", "odometer.push=open")
            .run()
            .getBean(HttpDoor.class);

    static void forget() {
        List.of(COUNTED, FILES).forEach(List::clear);
        FAILURES.clear();
        parked = new InMemoryParkedItems();
    }

    static List<ParkedItem> parked() {
        return List.of("batch", "item", "files").stream()
                .flatMap(channel -> parked.list(channel, 0, 1000).stream())
                .map(ParkedItems.Kept::item)
                .toList();
    }

    static HttpReply push(String path, byte[] body, String... headers) {
        return DOOR.handle(new HttpRequest("POST", path, null, Headers.of(headers), body));
    }

    static int push(String path, String body, String... headers) {
        return push(path, body.getBytes(StandardCharsets.UTF_8), headers).status();
    }

    /** All or none, like a transaction. */
    private static void take(List<Event> batch) {
        boolean failed = false;
        for (Event event : batch) {
            if (event.subject().equals("refused")) {
                throw Refusal.conflict("it is refused");
            }
            failed |= FAILURES.merge(event.id(), -1, Integer::sum) >= 0;
        }
        if (failed) {
            throw Refusal.unavailable("come back later", new IllegalStateException("away"));
        }
        batch.stream().map(Event::id).filter(id -> !COUNTED.contains(id)).forEach(COUNTED::add);
    }

    @Bean
    Envelope envelope() {
        return new GoogleEnvelope();
    }

    @Bean
    Parking parking() {
        return items -> parked.park(items);
    }

    @Bean
    Consumer<List<Event>> takeEvents() {
        return World::take;
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

package dev.odometer.door.own;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Mode;
import dev.odometer.functions.binding.Binding.Ordering;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.Tick;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A sample service with one function for requests, one for events and one for ticks. */
@Configuration(proxyBeanMethods = false)
public class OwnService {

    /** The subjects of the processed events and the names of the called schedules. */
    public static final List<String> PROCESSED = new CopyOnWriteArrayList<>();

    /** A request. */
    public record Name(String name) {}

    /** A CloudEvent. */
    public record Note(String id, String subject) {}

    @Bean
    Function<Name, Map<String, String>> greet() {
        return name -> Map.of("hello", name.name());
    }

    @Bean
    Consumer<Note> takeNote() {
        return note -> {
            if (note.subject().equals("refused")) {
                throw Refusal.invalid("it is refused");
            }
            PROCESSED.add(note.subject());
        };
    }

    @Bean
    Consumer<Tick> tidyUp() {
        return tick -> PROCESSED.add(tick.schedule());
    }

    @Bean
    Routes ownRoutes() {
        return new Routes(List.of(Route.get("/greetings/{name}", "greet")));
    }

    @Bean
    Bindings ownBindings() {
        return new Bindings(List.of(
                new Binding("notes", "takeNote", Payload.EVENTS, Mode.ITEM, Ordering.NONE, 3, "notes.parked", true)));
    }

    @Bean
    Schedules ownSchedules() {
        return new Schedules(List.of(new Schedule("nightly", "0 2 * * *", ZoneOffset.UTC, "tidyUp")));
    }

    /** An event in structured mode. */
    public static String event(String subject) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"" + subject + "\"}";
    }
}

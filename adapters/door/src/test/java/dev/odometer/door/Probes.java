package dev.odometer.door;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.route.Scope;
import dev.odometer.functions.route.Tabular;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sample functions and routes without billing, since the doors do not depend on it. */
@Configuration(proxyBeanMethods = false)
public class Probes {

    enum Color {
        RED,
        GREEN
    }

    record Search(
            String id,
            Integer limit,
            boolean all,
            List<String> tag,
            Map<String, List<String>> filter,
            Map<String, Object> json,
            String note,
            Color color,
            Instant from,
            BigDecimal amount) {}

    record Part(String name, int size) {
        Part {
            if (name == null || name.isEmpty()) {
                throw Refusal.invalid("name must not be empty");
            }
        }
    }

    record Thing(
            String id,
            long size,
            Boolean active,
            BigDecimal weight,
            Color color,
            Instant made,
            List<String> tags,
            List<Part> parts,
            Map<String, Object> extra,
            Map<String, String> words) {}

    record Answer(@Nullable String absent, Optional<String> empty, BigDecimal plain, Instant at, boolean isIgnored) {
        boolean isExtra() {
            return true;
        }
    }

    public record Event(
            String specversion,
            String id,
            String source,
            String type,
            String subject,
            Instant time,
            String datacontenttype,
            Map<String, Object> data) {

        public Event {
            if (!"1.0".equals(specversion)) {
                throw Refusal.invalid("specversion must be 1.0: " + specversion);
            }
            for (var required : new String[][] {{"id", id}, {"source", source}, {"subject", subject}}) {
                if (required[1] == null) {
                    throw Refusal.invalid(required[0] + " is required");
                }
            }
        }
    }

    record Table(List<List<String>> cells) implements Tabular {
        @Override
        public String tableName() {
            return "my table\r\n";
        }

        @Override
        public List<String> columns() {
            return List.of("a", "b");
        }
    }

    /** The clock of deadlines, in nanoseconds; a call for the subject {@code slow} advances it. */
    public static final AtomicLong CLOCK = new AtomicLong();

    private static final Duration SLOW = Duration.ofMillis(200);

    /** The events of each call of an event function. */
    public static final List<List<Event>> CALLS = new ArrayList<>();

    static final List<FileArrival> FILES = new ArrayList<>();
    public static final List<Tick> TICKS = new ArrayList<>();

    @Bean
    Function<Search, Search> echoSearch() {
        return search -> search;
    }

    @Bean
    Function<Thing, Thing> echoThing() {
        return thing -> thing;
    }

    @Bean
    Function<List<Part>, List<Part>> echoParts() {
        return parts -> parts;
    }

    @Bean
    Supplier<Answer> answer() {
        return () -> new Answer(
                null, Optional.empty(), new BigDecimal("1E+3"), Instant.parse("2026-01-01T00:00:00Z"), false);
    }

    @Bean
    Consumer<List<Event>> takeEvents() {
        return events -> {
            CALLS.add(events);
            events.forEach(event -> fail(event.subject()));
        };
    }

    @Bean
    Consumer<Event> takeEvent() {
        return event -> {
            CALLS.add(List.of(event));
            fail(event.subject());
        };
    }

    @Bean
    Function<Search, Table> table() {
        return search -> new Table(List.of(List.of("1,5", "say \"hi\""), List.of("", "two\nlines")));
    }

    @Bean
    Function<Search, String> failing() {
        return search -> {
            fail(search.id());
            return "fine";
        };
    }

    @Bean
    Function<Search, String> nameOf() {
        return Search::id;
    }

    @Bean
    Function<String, Map<String, String>> shout() {
        return text -> Map.of("shout", text + "!");
    }

    private static void fail(String how) {
        switch (how) {
            case "invalid" -> throw Refusal.invalid("that is wrong");
            case "missing" -> throw Refusal.notFound("no such thing: missing");
            case "conflict" -> throw Refusal.conflict("there is one already");
            case "taken" -> throw Refusal.conflict("that is taken", "e-1").at("[3]");
            case "unavailable" -> throw Refusal.unavailable("come back later", new IllegalStateException("secret"));
            case "bug" -> throw new IllegalStateException("secret");
            case "stack" -> throw new StackOverflowError("secret");
            case "slow" -> CLOCK.addAndGet(SLOW.toNanos());
            case "memory" -> throw new OutOfMemoryError("secret");
            default -> {}
        }
    }

    @Bean
    Routes routes() {
        return new Routes(List.of(
                Route.get("/things/{id}", "echoSearch")
                        .query("limit", "all", "note", "color", "from", "amount")
                        .queryList("tag")
                        .queryMap("filter")
                        .queryJson("json"),
                Route.put("/things/{id}", "echoThing").body(Body.FIELDS),
                Route.delete("/things/{id}", "failing"),
                Route.get("/things/mine", "answer"),
                Route.post("/things", "echoThing").body(Body.WHOLE).answers(201),
                Route.post("/strict", "echoThing")
                        .body(Body.FIELDS)
                        .query("size")
                        .refusingUnknownFields(),
                Route.post("/optional/{id}", "echoThing").body(Body.OPTIONAL_FIELDS),
                Route.post("/placed/{id}", "echoThing")
                        .body(Body.FIELDS)
                        .query("size")
                        .header("color"),
                Route.post("/parts", "echoParts").body(Body.WHOLE),
                Route.post("/events", "takeEvents")
                        .body(Body.EVENTS)
                        .answers(204)
                        .needs(Scope.INGEST),
                Route.get("/guarded", "echoSearch").managedQuery("note"),
                Route.get("/open", "answer").forBrowsers(),
                Route.get("/table", "table").query("note").produces(MediaTypes.JSON, MediaTypes.CSV),
                Route.get("/failing/{id}", "failing"),
                Route.get("/shout/{id}", "nameOf|shout"),
                Route.get("/header", "echoSearch").header("note"),
                Route.get("/text/{id}", "nameOf").produces("text/plain")));
    }

    @Bean
    Bindings bindings() {
        return new Bindings(List.of(
                Binding.events("batch", "takeEvents").batch().attempts(3),
                Binding.events("item", "takeEvent").attempts(3),
                Binding.events("ordered", "takeEvent").byPartition().attempts(3),
                Binding.files("files", "takeFile").attempts(3),
                Binding.files("fileBatch", "takeFiles").batch().attempts(3),
                Binding.files("timedFiles", "takeTimed").attempts(3)));
    }

    @Bean
    Consumer<FileArrival> takeFile() {
        return FILES::add;
    }

    /** Accepts a file if the deadline leaves a minute. */
    @Bean
    Consumer<Timed<FileArrival>> takeTimed() {
        return timed -> {
            if (!timed.deadline().hasAtLeast(Duration.ofMinutes(1))) {
                throw Refusal.unavailable("no time", new IllegalStateException());
            }
            FILES.add(timed.item());
        };
    }

    @Bean
    Consumer<List<FileArrival>> takeFiles() {
        return FILES::addAll;
    }

    @Bean
    Consumer<Tick> takeTick() {
        return tick -> {
            TICKS.add(tick);
            fail(tick.schedule());
        };
    }

    @Bean
    Schedules schedules() {
        return new Schedules(Stream.of("daily", "conflict", "unavailable", "bug")
                .map(name -> new Schedule(name, "0 2 * * *", ZoneOffset.UTC, "takeTick"))
                .toList());
    }
}

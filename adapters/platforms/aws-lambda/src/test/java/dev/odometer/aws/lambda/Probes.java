package dev.odometer.aws.lambda;

import dev.odometer.aws.lambda.event.EventKinds;
import dev.odometer.aws.lambda.http.HttpKinds;
import dev.odometer.door.DoorConfiguration;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sample functions with a door, without billing and without a database. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ContextFunctionCatalogAutoConfiguration.class, DoorConfiguration.class})
public class Probes {

    /** The input that the echo function received. */
    public record Seen(String id, List<String> tag, Map<String, List<String>> filter, String note) {}

    /** Starts the probes with properties such as {@code a.b=c}. */
    public static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Probes.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "logging.level.root=OFF")
                .properties(properties)
                .run();
    }

    /** The door to the probes. */
    public static HttpDoor door(String... properties) {
        return start(properties).getBean(HttpDoor.class);
    }

    @Bean
    EventKinds eventKinds(HttpDoor http) {
        return new EventKinds(HttpKinds.of(http));
    }

    @Bean
    Function<Seen, Seen> echo() {
        return seen -> seen;
    }

    @Bean
    Function<Map<String, Object>, Map<String, Object>> mirror() {
        return map -> map;
    }

    @Bean
    Function<Seen, byte[]> bytes() {
        return seen -> seen.id().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Bean
    Consumer<Seen> swallow() {
        return seen -> {};
    }

    @Bean
    Function<Seen, Seen> failing() {
        return seen -> {
            throw new IllegalStateException("secret");
        };
    }

    @Bean
    Routes routes() {
        return new Routes(List.of(
                Route.get("/echo/{id}", "echo")
                        .queryList("tag")
                        .queryMap("filter")
                        .header("note"),
                Route.post("/mirror", "mirror").body(Body.WHOLE),
                Route.get("/latin/{id}", "bytes").produces("text/plain;charset=iso-8859-1"),
                Route.get("/bytes/{id}", "bytes").produces("application/octet-stream"),
                Route.get("/text/{id}", "bytes").produces("text/plain"),
                Route.get("/csv/{id}", "bytes").produces(MediaTypes.CSV),
                Route.delete("/echo/{id}", "swallow"),
                Route.get("/failing/{id}", "failing")));
    }
}

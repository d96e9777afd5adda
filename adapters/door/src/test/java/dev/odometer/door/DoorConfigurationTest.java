package dev.odometer.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

class DoorConfigurationTest {

    record Name(String id) {}

    @Configuration(proxyBeanMethods = false)
    static class Greeting {
        @Bean
        Function<Name, Map<String, String>> greet() {
            return name -> Map.of("hello", name.id());
        }
    }

    static class Greetings extends Greeting {
        @Bean
        Function<Name, String> nameOf() {
            return Name::id;
        }

        @Bean
        Function<String, Integer> length() {
            return String::length;
        }

        @Bean
        Function<Flux<Name>, Flux<Name>> stream() {
            return names -> names;
        }

        @Bean
        Routes routes() {
            return new Routes(List.of(
                    Route.get("/greet/{id}", "greet"),
                    Route.get("/length/{id}", "nameOf|length"),
                    Route.get("/name/{id}", "nameOf")));
        }
    }

    static class UnknownFunction extends Greeting {
        @Bean
        Routes routes() {
            return new Routes(List.of(Route.get("/other/{id}", "other")));
        }
    }

    static class RoutingFunction extends Greeting {
        @Bean
        Routes routes() {
            return new Routes(List.of(Route.post("/any", "functionRouter").body(Body.WHOLE)));
        }
    }

    static class Streams extends Greetings {
        @Bean
        @Override
        Routes routes() {
            return new Routes(List.of(Route.post("/stream", "stream").body(Body.WHOLE)));
        }
    }

    static class Misfit extends Greetings {
        @Bean
        @Override
        Routes routes() {
            return new Routes(List.of(Route.get("/misfit/{id}", "nameOf|greet")));
        }
    }

    static class UnknownField extends Greeting {
        @Bean
        Routes routes() {
            return new Routes(List.of(Route.get("/greet/{name}", "greet")));
        }
    }

    static class Ambiguous extends Greeting {
        @Bean
        Routes one() {
            return new Routes(List.of(Route.get("/a/{id}", "greet")));
        }

        @Bean
        Routes other() {
            return new Routes(List.of(Route.get("/{id}/b", "greet")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "greet", "greet;length", "nameOf|length;greet"})
    void servesOnlyTheFunctionsOfTheDefinition(String definition) {
        try (var context = Doors.start(Greetings.class, "spring.cloud.function.definition=" + definition)) {
            HttpDoor door = context.getBean(HttpDoor.class);

            assertThat(status(door, "/greet/a")).isEqualTo(200);
            assertThat(status(door, "/length/a"))
                    .isEqualTo(definition.contains("|") || definition.isEmpty() ? 200 : 404);
            assertThat(status(door, "/name/a")).isEqualTo(definition.isEmpty() ? 200 : 404);
        }
    }

    private static int status(HttpDoor door, String path) {
        return door.handle(Doors.request("GET", path, new byte[0])).status();
    }

    private static void assertStartFails(Class<?> functions, String sentence) {
        assertThatThrownBy(() -> Doors.start(functions))
                .rootCause()
                .isInstanceOf(StartRefusal.class)
                .hasMessage(sentence);
    }

    @Test
    void failsTheStartForAnUnknownFunctionInARoute() {
        assertStartFails(UnknownFunction.class, "No function named other is in the catalog");
    }

    @Test
    void failsTheStartForAnUnknownFunctionInTheDefinition() {
        assertThatThrownBy(() -> Doors.start(Greetings.class, "spring.cloud.function.definition=greet;gret"))
                .rootCause()
                .hasMessage("No function named gret is in the catalog");
    }

    @Test
    void failsTheStartForARoutingFunction() {
        assertStartFails(RoutingFunction.class, "No function named functionRouter is in the catalog");
    }

    @Test
    void failsTheStartForAFunctionOfStreams() {
        assertStartFails(Streams.class, "The function stream takes or returns streams or messages instead of values");
    }

    @Test
    void failsTheStartForAnIncompatibleComposition() {
        assertStartFails(Misfit.class, "In nameOf|greet, greet does not take the output of the function before it");
    }

    @Test
    void failsTheStartForAnUnknownFieldOfTheInput() {
        assertStartFails(
                UnknownField.class, "The route GET /greet/{name} does not fit greet: its input has no field name");
    }

    @Test
    void failsTheStartForAmbiguousRoutes() {
        assertStartFails(Ambiguous.class, "Two routes match the same path: GET /a/{id} and /{id}/b");
    }

    @Test
    void failsTheStartForMalformedDigestsWithoutShowingThem() {
        assertThatThrownBy(() -> Doors.start(Greeting.class, "odometer.api-keys=my-secret-key"))
                .rootCause()
                .hasMessageContaining("entry 1 is not a SHA-256 digest")
                .hasMessageNotContaining("secret-key");
    }

    @Test
    void requiresAValidApiKey() {
        // The digest of "secret".
        String digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
        try (var context = Doors.start(Greetings.class, "odometer.api-keys=" + "0".repeat(64) + " , " + digest)) {
            HttpDoor door = context.getBean(HttpDoor.class);

            assertThat(authorized(door, "Bearer secret").status()).isEqualTo(200);
            assertThat(authorized(door, "bearer  secret").status()).isEqualTo(200);
            for (String wrong : List.of("Bearer Secret", "Bearer", "Bearer ", "Basic secret", "secret", "", digest)) {
                assertThat(authorized(door, wrong).status()).isEqualTo(401);
            }
            assertThat(status(door, "/nothing")).isEqualTo(401);
            assertThat(authorized(door, "").headers().first("WWW-Authenticate")).contains("Bearer");
        }
    }

    private static HttpReply authorized(HttpDoor door, String authorization) {
        return door.handle(Doors.request("GET", "/greet/a", new byte[0], "Authorization", authorization));
    }
}

package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.Doors;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Located;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class BasePathTest {

    record Thing(String id) implements Located {
        @Override
        public String location() {
            return "/things/" + id;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Things {

        @Bean
        UnaryOperator<Thing> thing() {
            return thing -> thing;
        }

        @Bean
        Routes routes() {
            return new Routes(List.of(
                    Route.get("/things/{id}", "thing"),
                    Route.post("/things", "thing").body(Body.WHOLE).answers(201)));
        }
    }

    private static final ConfigurableApplicationContext CONTEXT =
            Doors.start(Things.class, "odometer.http.base-path=/v1/usage/");
    private static final HttpDoor DOOR = CONTEXT.getBean(HttpDoor.class);

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/usage/things/a,200",
        "/things/a,200",
        "/v1/usage,404",
        "/v1/usage/,404",
        "/v1/usagethings/a,404",
        "/v1/things/a,404",
        "/v1/usage/v1/usage/things/a,404",
    })
    void isOmittedFromThePath(String path, int status) {
        assertThat(DOOR.handle(Doors.request("GET", path, new byte[0])).status())
                .isEqualTo(status);
    }

    @Test
    void isOmittedBeforeTheBodyIsRead() {
        assertThat(DOOR.refusal(Doors.request("POST", "/v1/usage/things", new byte[0])))
                .isEmpty();
        assertThat(DOOR.refusal(Doors.request("POST", "/v1/usage/nothing", new byte[0])))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"/v1/usage/things,/v1/usage/things/a", "/things,/things/a"})
    void isPartOfTheLocationIfItIsPartOfThePath(String path, String location) {
        byte[] body = "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8);

        HttpReply reply = DOOR.handle(Doors.request("POST", path, body, "Content-Type", "application/json"));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.headers().all("Location")).containsExactly(location);
    }

    @ParameterizedTest
    @CsvSource({"/v1/usage/things,true", "/things,true", "/v1/things,false", "/v1/usage/nothing,false"})
    void isOmittedFromThePathBeforeTheBodyIsRead(String path, boolean reads) {
        assertThat(DOOR.refusal(Doors.request("POST", path, new byte[0])).isEmpty())
                .isEqualTo(reads);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage", "/a//b", "/{a}", "/a?b", "https://example.com/a"})
    void preventsTheStartIfItIsNoPath(String setting) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("odometer.http.base-path", setting)));

        assertThatThrownBy(() -> DoorSettings.from(environment))
                .isInstanceOf(StartRefusal.class)
                .hasMessageContaining(setting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", " / "})
    void isEmptyByDefault(String setting) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("odometer.http.base-path", setting)));

        assertThat(DoorSettings.from(environment).basePath()).isEmpty();
    }
}

package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.Doors;
import dev.odometer.door.Probes;
import dev.odometer.functions.refusal.StartRefusal;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class BasePathTest {

    private static final ConfigurableApplicationContext CONTEXT =
            Doors.start(Probes.class, "odometer.http.base-path=/v1/usage/");
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

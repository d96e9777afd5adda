package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Doors;
import dev.odometer.door.Probes;
import dev.odometer.door.http.Observer.Served;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class ObserverTest {

    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"u\"}";
    private static final List<Served> SEEN = new ArrayList<>();
    private static final ConfigurableApplicationContext CONTEXT = Doors.start(Observed.class);

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @BeforeEach
    void clear() {
        SEEN.clear();
    }

    private static Served seen(String method, String target, String body, String... headers) {
        CONTEXT.getBean(HttpDoor.class)
                .handle(Doors.request(method, target, body.getBytes(StandardCharsets.UTF_8), headers));
        return SEEN.get(0);
    }

    private static Served untimed(Served served) {
        return new Served(served.method(), "", served.route(), served.status(), served.items(), 0, 0, Duration.ZERO);
    }

    private static Served served(String method, String route, int status, int items) {
        return new Served(method, "", route, status, items, 0, 0, Duration.ZERO);
    }

    @Test
    void receivesTheTemplateInsteadOfThePath() {
        assertThat(untimed(seen("GET", "/things/a", ""))).isEqualTo(served("GET", "/things/{id}", 200, 0));
    }

    @Test
    void receivesRequestsWithoutARoute() {
        assertThat(untimed(seen("GET", "/nothing", ""))).isEqualTo(served("GET", "", 404, 0));
    }

    @Test
    void receivesTheNumberOfEvents() {
        String events = "[" + EVENT + "," + EVENT + "]";

        assertThat(untimed(seen("POST", "/events", events, "Content-Type", "application/json")))
                .isEqualTo(served("POST", "/events", 204, 2));
    }

    @Test
    void countsOneEventIfTheEventsOfARequestCannotBeRead() {
        String events = "[" + EVENT + ",{}]";

        assertThat(untimed(seen("POST", "/events", events, "Content-Type", "application/json")))
                .isEqualTo(served("POST", "/events", 400, 1));
    }

    @Test
    void receivesTheDuration() {
        assertThat(seen("GET", "/things/a", "").took()).isPositive().isLessThan(Duration.ofMinutes(1));
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Probes.class)
    static class Observed {

        @Bean
        Observer observer() {
            return SEEN::add;
        }
    }
}

package dev.odometer.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.Observer;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class PrimeTest {

    private static final List<String> CALLS = new ArrayList<>();
    private static boolean down;

    private ConfigurableApplicationContext application =
            Doors.start(Recorded.class, "odometer.api-keys=" + "0".repeat(64));

    @AfterEach
    void stop() {
        application.close();
        CALLS.clear();
        down = false;
    }

    private void warmUp() {
        application.getBean(HttpDoor.class).warmUp();
        application.getBean(BatchDoor.class).warmUp();
    }

    record Thing(String id, String name) {
        Thing {
            CALLS.add("input " + id);
        }
    }

    @Test
    void callsReadsWithASampleId() {
        warmUp();

        assertThat(CALLS).contains("look -");
    }

    @Test
    void readsTheInputOfWritesWithoutCallingThem() {
        warmUp();

        assertThat(CALLS).contains("input null").noneMatch(call -> call.startsWith("write"));
    }

    @Test
    void stopsCallingAfterAnUnavailableFunction() {
        down = true;

        warmUp();

        assertThat(CALLS).filteredOn(call -> call.startsWith("look")).hasSize(1);
        assertThat(CALLS).contains("input null");
    }

    @Test
    void isNotObserved() {
        warmUp();

        assertThat(CALLS).doesNotContain("observed");
    }

    @Configuration(proxyBeanMethods = false)
    static class Recorded {

        @Bean
        Function<Thing, Thing> look() {
            return thing -> {
                CALLS.add("look " + thing.id());
                if (down) {
                    throw Refusal.unavailable("down", new IllegalStateException("down"));
                }
                return thing;
            };
        }

        @Bean
        Consumer<Thing> write() {
            return thing -> CALLS.add("write");
        }

        @Bean
        Observer observer() {
            return served -> CALLS.add("observed");
        }

        @Bean
        Routes watchedRoutes() {
            return new Routes(List.of(
                    Route.get("/a/{id}", "look"),
                    Route.get("/b/{id}", "look"),
                    Route.delete("/a/{id}", "write"),
                    Route.post("/a", "write").body(Body.WHOLE)));
        }
    }
}

package dev.odometer.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.crac.Core;
import dev.odometer.aws.lambda.Probes.Seen;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes snapshots like Lambda's runtime does, except for freezing the process. */
class SnapshotTest {

    private static final List<String> SEEN = new ArrayList<>();
    private static boolean down;

    @BeforeEach
    void clear() {
        SEEN.clear();
        down = false;
    }

    private ConfigurableApplicationContext application = start();

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(Probes.class, Recorded.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off", "logging.level.root=OFF", "odometer.api-keys=" + "0".repeat(64))
                .run();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void snapshot() throws Exception {
        var handler = new LambdaHandler(application);
        System.gc();
        try {
            Core.getGlobalContext().beforeCheckpoint(null);
        } catch (UnsatisfiedLinkError last) {
            // After all hooks, it clears the DNS cache with native code that only the managed runtime loads.
            assertThat(last).hasMessageContaining("clearCache");
        } finally {
            Core.getGlobalContext().afterRestore(null);
            Reference.reachabilityFence(handler);
        }
    }

    @Test
    void callsReadsWithASampleId() throws Exception {
        snapshot();

        assertThat(SEEN).contains("watched -");
    }

    @Test
    void callsNoWrites() throws Exception {
        snapshot();

        assertThat(SEEN).noneMatch(call -> call.startsWith("write"));
    }

    @Test
    void closesConnectionsAfterTheWarmUp() throws Exception {
        snapshot();

        assertThat(SEEN).endsWith("closed").containsOnlyOnce("closed");
    }

    @Test
    void continuesAfterAnUnavailableFunction() throws Exception {
        down = true;

        snapshot();

        assertThat(SEEN).filteredOn(call -> call.startsWith("watched")).hasSize(1);
        assertThat(SEEN).endsWith("closed");
    }

    @Configuration(proxyBeanMethods = false)
    static class Recorded {

        @Bean
        Function<Seen, String> watched() {
            return seen -> {
                SEEN.add("watched " + seen.id());
                if (down) {
                    throw Refusal.unavailable("down", new IllegalStateException("down"));
                }
                return "";
            };
        }

        @Bean
        Consumer<Map<String, Object>> writeDocument() {
            return document -> SEEN.add("write document");
        }

        @Bean
        Consumer<Map<String, Object>> writeThing() {
            return thing -> SEEN.add("write thing");
        }

        @Bean
        Consumer<List<Map<String, Object>>> writeEvents() {
            return events -> SEEN.add("write events");
        }

        @Bean
        Routes watchedRoutes() {
            return new Routes(List.of(
                    Route.get("/watched/{id}", "watched"),
                    Route.get("/watched/{id}/again", "watched"),
                    Route.delete("/watched/{id}", "writeThing"),
                    Route.put("/watched/{id}", "writeThing").body(Body.FIELDS),
                    Route.post("/watched", "writeDocument").body(Body.WHOLE),
                    Route.post("/events", "writeEvents").body(Body.EVENTS).answers(204)));
        }

        @Bean
        Bindings watchedBindings() {
            return new Bindings(
                    List.of(Binding.events("usage", "writeEvents").batch().attempts(3)));
        }

        @Bean
        Lifecycle connections() {
            return new Lifecycle() {
                @Override
                public void start() {}

                @Override
                public void stop() {
                    SEEN.add("closed");
                }

                @Override
                public boolean isRunning() {
                    return true;
                }
            };
        }
    }
}

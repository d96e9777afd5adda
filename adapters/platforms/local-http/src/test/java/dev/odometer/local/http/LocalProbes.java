package dev.odometer.local.http;

import dev.odometer.door.DoorConfiguration;
import dev.odometer.functions.caller.Caller;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.route.Tabular;
import dev.odometer.local.http.server.MetricsConfiguration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The server with sample functions, without billing and without a database. */
@Configuration(proxyBeanMethods = false)
@Import({ServerConfiguration.class, MetricsConfiguration.class})
@ImportAutoConfiguration({
    ContextFunctionCatalogAutoConfiguration.class,
    DoorConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class
})
public class LocalProbes {

    /** The number of characters of a large answer, more than the buffers of two sockets hold. */
    public static final int LARGE = 30_000_000;

    /** Has a permit for each call that began to sleep. */
    static final Semaphore SLEEPING = new Semaphore(0);

    record Named(String id, Map<String, List<String>> filter, long sleep) {}

    record Table(String tableName, List<String> columns, List<List<String>> cells) implements Tabular {}

    @Bean
    Function<Named, Named> echo() {
        return named -> {
            if (named.sleep() > 0) {
                SLEEPING.release();
                sleep(named.sleep());
            }
            return named;
        };
    }

    /** Sleeps until its caller leaves. */
    @Bean
    Function<Named, Named> cancellableSleep(Semaphore calls) {
        return named -> {
            var left = new CountDownLatch(1);
            return Caller.current().cancellable(left::countDown, () -> {
                calls.release();
                if (hasLeft(left, named.sleep())) {
                    calls.release();
                    throw new IllegalStateException("canceled");
                }
                return named;
            });
        };
    }

    private static boolean hasLeft(CountDownLatch left, long millis) {
        try {
            return left.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Has a permit for each call of {@link #cancellableSleep} that began, and for each that was canceled. */
    @Bean
    Semaphore calls() {
        return new Semaphore(0);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Bean
    Function<Named, Table> table() {
        return named -> new Table("t", List.of("a"), List.of(List.of("1")));
    }

    @Bean
    Function<Named, String> large() {
        return named -> "x".repeat(LARGE);
    }

    @Bean
    Consumer<List<Map<String, Object>>> swallow() {
        return events -> {
            if (events.stream().anyMatch(event -> "refused".equals(event.get("id")))) {
                throw Refusal.invalid("an event is refused");
            }
        };
    }

    @Bean
    Function<Named, Named> fail() {
        return named -> {
            throw new IllegalStateException("secret");
        };
    }

    @Bean
    Routes routes() {
        return new Routes(List.of(
                Route.get("/echo/{id}", "echo").query("sleep").queryMap("filter"),
                Route.get("/sleep/{id}", "cancellableSleep").query("sleep"),
                Route.post("/sleep/{id}", "cancellableSleep").query("sleep"),
                Route.get("/table/{id}", "table").produces(MediaTypes.JSON, MediaTypes.CSV),
                Route.get("/fail/{id}", "fail"),
                Route.get("/large/{id}", "large"),
                Route.post("/swallow", "swallow").body(Body.EVENTS).answers(204)));
    }
}

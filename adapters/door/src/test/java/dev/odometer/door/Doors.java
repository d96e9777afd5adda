package dev.odometer.door;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.schedule.ScheduleDoor;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The doors with the functions of {@link Probes}, and shortcuts to call them. */
public final class Doors {

    @EnableAutoConfiguration
    static class Application {}

    private static final ConfigurableApplicationContext SHARED = start(Probes.class);

    public static final HttpDoor HTTP = SHARED.getBean(HttpDoor.class);
    public static final BatchDoor BATCH = SHARED.getBean(BatchDoor.class);
    public static final ScheduleDoor SCHEDULE = SHARED.getBean(ScheduleDoor.class);

    private Doors() {}

    public static ConfigurableApplicationContext start(Class<?> functions, String... properties) {
        return new SpringApplicationBuilder(Application.class, functions)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off", "logging.level.root=OFF")
                .properties(properties)
                .run();
    }

    public static HttpReply get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    static HttpReply post(String target, String json) {
        return send("POST", target, json, "Content-Type", "application/json");
    }

    public static HttpReply send(String method, String target, String body, String... headers) {
        return HTTP.handle(request(method, target, body.getBytes(StandardCharsets.UTF_8), headers));
    }

    public static HttpRequest request(String method, String target, byte[] body, String... headers) {
        String[] parts = target.split("\\?", 2);
        return new HttpRequest(method, parts[0], parts.length > 1 ? parts[1] : null, Headers.of(headers), body);
    }

    public static String text(HttpReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    /** The detail of a problem. */
    public static String detail(HttpReply reply) {
        return text(reply)
                .replaceAll("(?s).*\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\".*", "$1")
                .replace("\\\"", "\"");
    }
}

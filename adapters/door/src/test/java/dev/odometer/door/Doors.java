package dev.odometer.door;

import java.nio.charset.StandardCharsets;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The doors with the functions of {@link Probes}, and shortcuts to call them. */
final class Doors {

    @EnableAutoConfiguration
    static class Application {}

    private static final ConfigurableApplicationContext SHARED = start(Probes.class);

    static final HttpDoor HTTP = SHARED.getBean(HttpDoor.class);
    static final BatchDoor BATCH = SHARED.getBean(BatchDoor.class);
    static final ScheduleDoor SCHEDULE = SHARED.getBean(ScheduleDoor.class);

    private Doors() {}

    static ConfigurableApplicationContext start(Class<?> functions, String... properties) {
        return new SpringApplicationBuilder(Application.class, functions)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off", "logging.level.root=OFF")
                .properties(properties)
                .run();
    }

    static HttpReply get(String target, String... headers) {
        return send("GET", target, "", headers);
    }

    static HttpReply post(String target, String json) {
        return send("POST", target, json, "Content-Type", "application/json");
    }

    static HttpReply send(String method, String target, String body, String... headers) {
        return HTTP.handle(request(method, target, body.getBytes(StandardCharsets.UTF_8), headers));
    }

    static HttpRequest request(String method, String target, byte[] body, String... headers) {
        String[] parts = target.split("\\?", 2);
        return new HttpRequest(method, parts[0], parts.length > 1 ? parts[1] : null, Headers.of(headers), body);
    }

    static String text(HttpReply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    /** The detail of a problem. */
    static String detail(HttpReply reply) {
        return text(reply)
                .replaceAll("(?s).*\"detail\":\"((?:[^\"\\\\]|\\\\.)*)\".*", "$1")
                .replace("\\\"", "\"");
    }
}

package dev.odometer.door.http;

import static dev.odometer.door.Doors.detail;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.odometer.door.Doors;
import dev.odometer.door.Probes;
import dev.odometer.functions.digest.Sha256;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

class AccessTest {

    private static ConfigurableApplicationContext application;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        application = Doors.start(
                Probes.class,
                "odometer.api-keys=ci:ingest=%s,grafana:read=%s,ops=%s"
                        .formatted(digest("ci"), digest("grafana"), digest("ops")),
                "odometer.push=on",
                "odometer.rate-limit.key=20",
                "odometer.rate-limit.portal=1");
        door = application.getBean(HttpDoor.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static String digest(String key) {
        return new Sha256().add(key).hex();
    }

    private static HttpRequest request(String method, String target, String key) {
        return Doors.request(
                method, target, new byte[0], "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     /things/a,             grafana, ci",
        "HEAD,    /things/a,             grafana, ci",
        "DELETE,  /things/a,             ops,     grafana",
        "POST,    /events,               ci,      grafana",
        "POST,    /channels/events,      ci,      grafana",
        "POST,    /,                     ci,      grafana",
        "POST,    /schedules/none,       ops,     ci",
        "GET,     /guarded?note=true,    ops,     grafana",
        "GET,     /guarded?n%6fte=no,    ops,     grafana",
        "GET,     /guarded,              grafana, ci",
    })
    void requireTheScopeOfTheRoute(String method, String target, String with, String without) {
        assertThat(door.handle(request(method, target, with)).status()).isNotEqualTo(403);
        assertThat(door.handle(request(method, target, without)).status()).isEqualTo(403);
        assertThat(door.refusal(request(method, target, without))).get().returns(403, HttpReply::status);
    }

    @Test
    void nameTheKeyAndTheScope() {
        assertThat(detail(door.handle(request("GET", "/things/a", "ci"))))
                .isEqualTo("the API key ci lacks the scope read");
        assertThat(detail(door.handle(request("GET", "/guarded?note=true", "grafana"))))
                .isEqualTo("the API key grafana lacks the scope manage, which note requires");
    }

    @Test
    void answerAnUnknownPathWhateverTheScope() {
        assertThat(door.handle(request("GET", "/nowhere", "ci")).status()).isEqualTo(404);
        assertThat(door.handle(request("PATCH", "/things/a", "ci")).status()).isEqualTo(405);
    }

    @Test
    void limitTheTokensOfOpenRoutes() {
        var request = request("GET", "/open", "some-token");
        assertThat(door.refusal(request)).isEmpty();
        HttpReply reply = door.handle(request);
        assertThat(reply.status()).isEqualTo(200);
        for (int i = 0; i < 50 && reply.status() != 429; i++) {
            reply = door.handle(request);
        }

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers().first("Retry-After")).contains("1");
        assertThat(reply.headers().first("Access-Control-Allow-Origin")).contains("*");
        assertThat(detail(reply)).isEqualTo("rate limit exceeded: at most 1 requests per second for this token");
        assertThat(door.refusal(request)).get().returns(429, HttpReply::status);
        assertThat(door.handle(request("GET", "/open", "another-token")).status())
                .isEqualTo(200);
    }

    @Test
    void limitEachApiKey() {
        HttpReply reply = door.handle(request("GET", "/things/a", "grafana"));
        for (int i = 0; i < 200 && reply.status() != 429; i++) {
            reply = door.handle(request("GET", "/things/a", "grafana"));
        }

        assertThat(detail(reply)).isEqualTo("rate limit exceeded: at most 20 requests per second for API key grafana");
        assertThat(door.handle(request("GET", "/things/a", "ops")).status()).isEqualTo(200);
    }

    @Test
    void logTheNameOfTheKey() {
        List<ILoggingEvent> lines = logged(
                "dev.odometer.door.http.HttpDoor",
                Level.DEBUG,
                () -> door.handle(request("DELETE", "/things/a", "ops")));

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.getMDCPropertyMap()).containsEntry("apiKey", "ops"));
    }

    @Test
    void logFailuresOnceInTenSeconds() {
        List<ILoggingEvent> lines = logged("dev.odometer.door.http.AuthenticationFailures", Level.WARN, () -> {
            for (int i = 0; i < 1000; i++) {
                var request = request("GET", "/things/a\nforged", "my-wrong-key");
                door.refusal(request);
                door.handle(request);
            }
        });

        assertThat(lines).hasSizeLessThanOrEqualTo(1);
        assertThat(lines.toString()).doesNotContain("my-wrong-key").doesNotContain("\n");
    }

    private static List<ILoggingEvent> logged(String name, Level level, Runnable action) {
        var logger = (Logger) LoggerFactory.getLogger(name);
        var appender = new ListAppender<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent line) {
                line.prepareForDeferredProcessing();
                super.append(line);
            }
        };
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(level);
        action.run();
        logger.detachAppender(appender);
        logger.setLevel(null);
        return appender.list;
    }
}

package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.azure.functions.TimerTriggers;
import dev.odometer.conformance.aws.Answer;
import dev.odometer.conformance.aws.LambdaProcess;
import dev.odometer.conformance.azure.FunctionApp;
import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.local.http.Odometer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Delivers a tick through each platform's own trigger, on PostgreSQL. A repeated tick has no effect. */
@EnabledOnOs(OS.LINUX)
class TicksIT {

    private static final String FIRST = "2026-11-01T03:30:00Z";
    private static final String OLDER = "2026-10-31T03:30:00Z";
    private static final String LATER = "2026-11-02T03:30:00Z";

    /** A platform's trigger of {@code applyRetention}. */
    interface Door {
        void tick(String due) throws Exception;
    }

    private static Map<String, String> settings(String database) {
        var settings = new HashMap<>(Databases.fresh(database));
        settings.put("ODOMETER_RETENTION_EXPORTS_DAYS", "1");
        return settings;
    }

    private static long remaining(String database) {
        return Databases.number(database, "select count(*) from usage_export");
    }

    /** Adds a row that the function deletes when it is called. */
    private static void assertOneEffect(String database, Door door) throws Exception {
        door.tick(FIRST);
        Databases.run(database, """
                insert into usage_export (id, key, request, status, files, attempts, created_at, finished_at)
                values ('1', '\\x01', '{}', 'DONE', '{}', 0, 0, 0)
                """);

        door.tick(FIRST);
        door.tick(OLDER);
        assertThat(remaining(database))
                .as("after the same tick and an older one")
                .isEqualTo(1);

        door.tick(LATER);
        assertThat(remaining(database)).as("after the next tick").isZero();
        assertThat(Databases.number(database, "select count(*) from schedule")).isEqualTo(1);
    }

    private static HttpRequest call(String due) {
        return new HttpRequest(
                "POST", "/schedules/applyRetention", "due=" + due, Headers.of("Content-Length", "0"), new byte[0]);
    }

    @Test
    void onOneMachine() throws Exception {
        Map<String, String> settings = settings("ticks_local");
        settings.put("ODOMETER_PUSH", "open");
        settings.put("SERVER_PORT", "0");
        String[] arguments = settings.entrySet().stream()
                .map(setting -> "--" + FunctionApp.property(setting.getKey()) + "=" + setting.getValue())
                .toArray(String[]::new);
        try (var context = Odometer.application().run(arguments)) {
            int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            assertOneEffect(
                    "ticks_local",
                    due -> assertThat(new RawClient(port).send(call(due)).status())
                            .isEqualTo(204));
        }
    }

    @Test
    void onLambda() throws Exception {
        try (var instance = LambdaProcess.start(settings("ticks_lambda"))) {
            assertOneEffect("ticks_lambda", due -> {
                String input = "{\"schedule\":\"applyRetention\",\"due\":\"" + due + "\"}";
                Answer answer = instance.invoke(input.getBytes(StandardCharsets.UTF_8));
                assertThat(answer.failed()).as(answer.text()).isFalse();
            });
        }
    }

    @Test
    void onAzure() throws Exception {
        Map<String, String> settings = settings("ticks_azure");
        settings.put("ODOMETER_AZURE_SCHEDULE", "applyRetention");
        var app = FunctionApp.start(settings);

        assertOneEffect(
                "ticks_azure",
                due -> app.instance(TimerTriggers.class).timer("{\"ScheduleStatus\":{\"Next\":\"" + due + "\"}}"));
    }

    @Test
    void onGoogleCloud() throws Exception {
        try (var instance = InvokerProcess.start(settings("ticks_google"))) {
            assertOneEffect(
                    "ticks_google",
                    due -> assertThat(instance.client().send(call(due)).status())
                            .isEqualTo(204));
        }
    }
}

package dev.odometer.azure.functions;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.DeadLetterWriter;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.invocation.InvocationMeter;
import dev.odometer.door.schedule.ScheduleDoor;
import dev.odometer.functions.binding.Deadline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Creates triggers that call {@link TestFunctions}. */
final class TriggerFixture {

    static final Recorder RECORDER = new Recorder();
    static final Clock NOW = Clock.fixed(Instant.parse("2026-11-01T02:00:30Z"), ZoneOffset.UTC);
    /** Allows three attempts, with pauses of 200 ms and 400 ms. */
    static final Duration TIME_BUDGET = Duration.ofSeconds(2);

    private static final ConfigurableApplicationContext CONTEXT = start();
    private static final Deliveries DELIVERIES = deliveries(CONTEXT);

    private TriggerFixture() {}

    static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(TestFunctions.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .properties("spring.main.banner-mode=off", "logging.level.root=OFF")
                .properties(properties)
                .run();
    }

    static Deliveries deliveries(ConfigurableApplicationContext context) {
        return deliveries(context, TIME_BUDGET);
    }

    static Deliveries deliveries(Duration timeBudget) {
        return deliveries(CONTEXT, timeBudget);
    }

    private static Deliveries deliveries(ConfigurableApplicationContext context, Duration timeBudget) {
        BatchDoor door = context.getBean(BatchDoor.class);
        var processor = new BatchProcessor(door, new DeadLetterWriter(RECORDER::store, NOW), InvocationMeter.OFF);
        return new Deliveries(door, processor, () -> Deadline.in(timeBudget, () -> RECORDER.nanos), RECORDER::pause);
    }

    static EventTriggers events() {
        return new EventTriggers(DELIVERIES, "b:9093");
    }

    static FileTriggers files() {
        return new FileTriggers(DELIVERIES);
    }

    static TimerTriggers timer(String schedule) {
        return new TimerTriggers(CONTEXT.getBean(ScheduleDoor.class), schedule, () -> Deadline.in(TIME_BUDGET), NOW);
    }

    static HttpTriggers http() {
        return new HttpTriggers(CONTEXT.getBean(HttpDoor.class));
    }

    /** A CloudEvent in structured mode. */
    static String event(String id, String subject) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"shop\",\"type\":\"order\",\"subject\":\""
                + subject + "\"}";
    }

    /** A Kafka record as JSON, as the host writes it. */
    static String record(int offset, String value) {
        return "{\"Offset\":" + offset + ",\"Partition\":0,\"Timestamp\":\"2026-11-01T00:00:00Z\",\"Topic\":\"usage\","
                + "\"Key\":null,\"Value\":" + quoted(value) + ",\"Headers\":[]}";
    }

    static String quoted(String text) {
        return tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(text);
    }
}

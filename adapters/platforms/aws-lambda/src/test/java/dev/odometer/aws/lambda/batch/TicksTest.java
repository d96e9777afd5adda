package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.Lab.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.DeliverAgain;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicksTest {

    private static final String INPUT = "{\"schedule\":\"nightly\",\"due\":\"2026-01-01T02:00:00Z\"}";

    @BeforeEach
    void forget() {
        WORLD.forget();
    }

    private static String rule(String arn) {
        return Sent.bus("aws.events", "Scheduled Event", "{}")
                .put("time", "2026-01-01T02:00:00Z")
                .toString()
                .replaceFirst("\\{", "{\"resources\":[\"" + arn + "\"],");
    }

    @Test
    void comeFromARuleByItsName() {
        assertThat(Lab.send(rule("arn:aws:events:eu-west-1:123456789012:rule/nightly")))
                .isEmpty();
        assertThat(WORLD.ticks).containsExactly(new Tick("nightly", Instant.parse("2026-01-01T02:00:00Z")));
    }

    @Test
    void comeFromTheSchedulerByItsInput() {
        assertThat(Lab.send(INPUT)).isEmpty();
        assertThat(WORLD.ticks).containsExactly(new Tick("nightly", Instant.parse("2026-01-01T02:00:00Z")));
    }

    @Test
    void failTheInvocationWhenTheyHaveToComeAgain() {
        WORLD.failures.put("nightly", 1);

        assertThatThrownBy(() -> Lab.send(INPUT)).isInstanceOf(DeliverAgain.class);
    }

    @Test
    void endWhenTheyAreRefused() {
        WORLD.failures.put("nightly", 2);

        assertThat(Lab.send(INPUT)).isEmpty();
        assertThat(WORLD.parked).isEmpty();
    }

    @Test
    void areRefusedWithoutAScheduleOrATime() {
        assertThatThrownBy(() -> Lab.send(INPUT.replace("nightly", "weekly"))).hasMessageContaining("weekly");
        assertThatThrownBy(() -> Lab.send(INPUT.replace("2026-01-01T02:00:00Z", "<aws.scheduler.scheduled-time>")))
                .hasMessageContaining("due");
        assertThatThrownBy(() -> Lab.send(INPUT.replace("\"nightly\"", "1"))).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Lab.send(rule("rule"))).hasMessageContaining("resources[0]");
    }

    @Test
    void areNothingElseWithTheSameMembers() {
        assertThat(Lab.isKnown("{\"schedule\":\"nightly\"}")).isFalse();
        assertThat(Lab.isKnown("{\"schedule\":\"nightly\",\"due\":\"now\",\"more\":1}"))
                .isFalse();
    }
}

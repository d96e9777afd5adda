package dev.odometer.aws.lambda.batch;

import static dev.odometer.aws.lambda.batch.SampleHandler.STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicksTest {

    private static final String INPUT = "{\"schedule\":\"nightly\",\"due\":\"2026-01-01T02:00:00Z\"}";

    @BeforeEach
    void clear() {
        STATE.clear();
    }

    private static String rule(String arn) {
        return Samples.bus("aws.events", "Scheduled Event", "{}")
                .put("time", "2026-01-01T02:00:00Z")
                .toString()
                .replaceFirst("\\{", "{\"resources\":[\"" + arn + "\"],");
    }

    @Test
    void areReadFromARule() {
        assertThat(SampleHandler.send(rule("arn:aws:events:eu-west-1:123456789012:rule/nightly")))
                .isEmpty();
        assertThat(STATE.ticks).containsExactly(new Tick("nightly", Instant.parse("2026-01-01T02:00:00Z")));
    }

    @Test
    void areReadFromTheScheduler() {
        assertThat(SampleHandler.send(INPUT)).isEmpty();
        assertThat(STATE.ticks).containsExactly(new Tick("nightly", Instant.parse("2026-01-01T02:00:00Z")));
    }

    @Test
    void failTheInvocationIfTheyHaveToBeRetried() {
        STATE.failures.put("nightly", 1);

        assertThatThrownBy(() -> SampleHandler.send(INPUT)).isInstanceOf(RedeliveryException.class);
    }

    @Test
    void areNotRetriedIfRefused() {
        STATE.failures.put("nightly", 2);

        assertThat(SampleHandler.send(INPUT)).isEmpty();
        assertThat(STATE.deadLetters).isEmpty();
    }

    @Test
    void areInvalidWithoutAScheduleOrATime() {
        assertThatThrownBy(() -> SampleHandler.send(INPUT.replace("nightly", "weekly")))
                .hasMessageContaining("weekly");
        assertThatThrownBy(() ->
                        SampleHandler.send(INPUT.replace("2026-01-01T02:00:00Z", "<aws.scheduler.scheduled-time>")))
                .hasMessageContaining("due");
        assertThatThrownBy(() -> SampleHandler.send(INPUT.replace("\"nightly\"", "1")))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> SampleHandler.send(rule("rule"))).hasMessageContaining("resources[0]");
    }

    /** Sent by serverless-plugin-warmup and similar tools, and by rules that only keep an instance alive. */
    @Test
    void areNotConfusedWithWarmUpCalls() {
        assertThat(SampleHandler.send("{\"source\":\"serverless-plugin-warmup\"}"))
                .isEmpty();
        assertThat(SampleHandler.send(rule("arn:aws:events:eu-west-1:123456789012:rule/app-dev-warmup-rule-1")))
                .isEmpty();
        assertThat(SampleHandler.send(INPUT.replace("nightly", "warm-up"))).isEmpty();
        assertThat(STATE.ticks).isEmpty();
        assertThat(STATE.deadLetters).isEmpty();
    }

    @Test
    void areTicksIfAScheduleHasTheNameOfAWarmUp() {
        List<EventKind> kinds = SampleHandler.start(Probes.class, "odometer.aws.warm-ups=night*, ping");

        SampleHandler.send(kinds, SampleHandler.JSON.readTree(INPUT), Deadline.NONE);
        SampleHandler.send(kinds, SampleHandler.JSON.readTree("{\"source\":\"ping\"}"), Deadline.NONE);

        assertThat(STATE.ticks).hasSize(1);
        assertThat(SampleHandler.isKnown("{\"source\":\"ping\"}")).isFalse();
    }

    @Test
    void areNotConfusedWithOtherEvents() {
        assertThat(SampleHandler.isKnown("{\"schedule\":\"nightly\"}")).isFalse();
        assertThat(SampleHandler.isKnown("{\"schedule\":\"nightly\",\"due\":\"now\",\"more\":1}"))
                .isFalse();
    }
}

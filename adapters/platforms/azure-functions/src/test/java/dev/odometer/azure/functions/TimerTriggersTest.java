package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.TriggerFixture.RECORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.functions.schedule.Tick;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The current time is 02:00:30. */
class TimerTriggersTest {

    private static final Instant THIS_MINUTE = Instant.parse("2026-11-01T02:00:00Z");

    @BeforeEach
    @BeforeTry
    void reset() {
        RECORDER.reset();
    }

    private static String status(String last, String next) {
        return "{\"Schedule\":{\"AdjustForDST\":true},\"ScheduleStatus\":{\"Last\":\"" + last + "\",\"LastUpdated\":\""
                + last + "\",\"Next\":\"" + next + "\"},\"IsPastDue\":false}";
    }

    private static Instant due(@Nullable String timer) throws RedeliveryException {
        return due("nightly", timer);
    }

    private static Instant due(String schedule, @Nullable String timer) throws RedeliveryException {
        TriggerFixture.timer(schedule).timer(timer);
        return RECORDER.ticks.get(RECORDER.ticks.size() - 1).due();
    }

    @Test
    void takesTheDueTimeFromTheHostsStatus() throws Exception {
        String timer = status("2026-10-31T03:00:00+01:00", "2026-11-01T02:45:00+01:00");

        assertThat(due(timer)).isEqualTo(Instant.parse("2026-11-01T01:45:00Z"));
    }

    @Test
    void acceptsADueTimeWithinTheClockSkew() throws Exception {
        assertThat(due(status("2026-10-31T02:00:00Z", "2026-11-01T02:00:31Z")))
                .isEqualTo(Instant.parse("2026-11-01T02:00:31Z"));
    }

    @Test
    void takesTheCurrentMinuteForACallByHand() throws Exception {
        assertThat(due(status("2026-10-31T02:00:00Z", "2026-11-02T02:00:00Z"))).isEqualTo(THIS_MINUTE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "null", "{", "[]", "{\"ScheduleStatus\":null}", "{\"ScheduleStatus\":{\"Next\":1}}"})
    void takesTheCurrentMinuteWithoutAStatus(@Nullable String timer) throws Exception {
        assertThat(due(timer)).isEqualTo(THIS_MINUTE);
    }

    @Property(tries = 300)
    void takesTheCurrentMinuteForAnyOtherText(@ForAll String timer) throws Exception {
        assertThat(due(timer)).isEqualTo(THIS_MINUTE);
    }

    @Test
    void failsTheInvocationWhenTheTickMustBeRetried() {
        RECORDER.failures.put("nightly", 1);

        assertThatThrownBy(() -> TriggerFixture.timer("nightly").timer("{}"))
                .isInstanceOf(RedeliveryException.class)
                .hasMessage("come back later");
        assertThat(RECORDER.ticks).extracting(Tick::schedule).containsExactly("nightly");
    }

    @Test
    void isRetriedByTheHostWithoutLimit() throws Exception {
        var policy = TimerTriggers.class.getMethod("timer", String.class).getAnnotation(ExponentialBackoffRetry.class);

        assertThat(policy.maxRetryCount()).isEqualTo(EventTriggers.UNTIL_DONE);
    }

    @Test
    void callsAllSchedulesWithTheirLatestDueTime() throws Exception {
        assertThat(due("*", null)).isEqualTo(THIS_MINUTE);
        assertThat(RECORDER.ticks).extracting(Tick::schedule).containsExactly("nightly");
    }

    @Test
    void failsTheInvocationWhenOneOfAllTicksMustBeRetried() {
        RECORDER.failures.put("nightly", 1);

        assertThatThrownBy(() -> TriggerFixture.timer("*").timer(null)).hasMessage("come back later");
    }

    @Test
    void failsForAnUnknownSchedule() {
        assertThatThrownBy(() -> TriggerFixture.timer("").timer("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No schedule has the name ");
    }
}

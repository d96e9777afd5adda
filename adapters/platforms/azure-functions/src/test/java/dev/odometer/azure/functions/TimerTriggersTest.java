package dev.odometer.azure.functions;

import static dev.odometer.azure.functions.Lab.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import dev.odometer.door.DeliverAgain;
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

/** It is 02:00:30. */
class TimerTriggersTest {

    private static final Instant THIS_MINUTE = Instant.parse("2026-11-01T02:00:00Z");

    @BeforeEach
    @BeforeTry
    void forget() {
        WORLD.forget();
    }

    private static String status(String last, String next) {
        return "{\"Schedule\":{\"AdjustForDST\":true},\"ScheduleStatus\":{\"Last\":\"" + last + "\",\"LastUpdated\":\""
                + last + "\",\"Next\":\"" + next + "\"},\"IsPastDue\":false}";
    }

    private static Instant due(@Nullable String timer) throws DeliverAgain {
        return due("nightly", timer);
    }

    private static Instant due(String schedule, @Nullable String timer) throws DeliverAgain {
        Lab.timer(schedule).timer(timer);
        return WORLD.ticks.get(WORLD.ticks.size() - 1).due();
    }

    @Test
    void isDueWhenTheHostHadItNext() throws Exception {
        String timer = status("2026-10-31T03:00:00+01:00", "2026-11-01T02:45:00+01:00");

        assertThat(due(timer)).isEqualTo(Instant.parse("2026-11-01T01:45:00Z"));
    }

    @Test
    void isDueAsTheHostSaysAlsoWhereItsClockIsAhead() throws Exception {
        assertThat(due(status("2026-10-31T02:00:00Z", "2026-11-01T02:00:31Z")))
                .isEqualTo(Instant.parse("2026-11-01T02:00:31Z"));
    }

    @Test
    void isDueThisMinuteWhenItIsCalledOutOfTurn() throws Exception {
        assertThat(due(status("2026-10-31T02:00:00Z", "2026-11-02T02:00:00Z"))).isEqualTo(THIS_MINUTE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "null", "{", "[]", "{\"ScheduleStatus\":null}", "{\"ScheduleStatus\":{\"Next\":1}}"})
    void isDueThisMinuteWhenTheHostSaysNothing(@Nullable String timer) throws Exception {
        assertThat(due(timer)).isEqualTo(THIS_MINUTE);
    }

    @Property(tries = 300)
    void isDueThisMinuteForAnyOtherText(@ForAll String timer) throws Exception {
        assertThat(due(timer)).isEqualTo(THIS_MINUTE);
    }

    @Test
    void failsTheInvocationWhenItHasToBeCalledAgain() {
        WORLD.failures.put("nightly", 1);

        assertThatThrownBy(() -> Lab.timer("nightly").timer("{}"))
                .isInstanceOf(DeliverAgain.class)
                .hasMessage("come back later");
        assertThat(WORLD.ticks).extracting(Tick::schedule).containsExactly("nightly");
    }

    @Test
    void isRetriedByTheHost() throws Exception {
        var policy = TimerTriggers.class.getMethod("timer", String.class).getAnnotation(ExponentialBackoffRetry.class);

        assertThat(policy.maxRetryCount()).isEqualTo(EventTriggers.UNTIL_DONE);
    }

    @Test
    void callsAllSchedulesForTheLatestTimeTheyWereDue() throws Exception {
        assertThat(due("*", null)).isEqualTo(THIS_MINUTE);
        assertThat(WORLD.ticks).extracting(Tick::schedule).containsExactly("nightly");
    }

    @Test
    void failsTheInvocationWhenOneOfAllHasToBeCalledAgain() {
        WORLD.failures.put("nightly", 1);

        assertThatThrownBy(() -> Lab.timer("*").timer(null)).hasMessage("come back later");
    }

    @Test
    void failsWhereNoScheduleHasTheName() {
        assertThatThrownBy(() -> Lab.timer("").timer("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No schedule has the name ");
    }
}

package dev.odometer.event.functions.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier.Outcome;
import dev.odometer.metering.notification.Courier.Then;
import dev.odometer.metering.notification.Delivery.State;
import dev.odometer.metering.notification.Outbox.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-02T00:00:00Z");
    private static final RetryPolicy NEVER_LATER = new RetryPolicy(bound -> 0);

    private static Outcome failed(Then then, @Nullable Duration retryAfter) {
        return new Outcome(new Attempt(false, NOW, 500, "oh", Duration.ZERO, "u"), then, retryAfter);
    }

    private static Outcome failed() {
        return failed(Then.AGAIN, null);
    }

    @Test
    void areThoseOfTheStandard() {
        assertThat(IntStream.rangeClosed(1, 9)
                        .mapToObj(attempts -> NEVER_LATER.after(attempts, failed(), NOW))
                        .map(next -> String.valueOf(Duration.between(NOW, next.at()))))
                .containsExactly("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");
    }

    @Test
    void endAfterTheTenthAttempt() {
        assertThat(NEVER_LATER.after(10, failed(), NOW))
                .isEqualTo(new Next(State.FAILED, null, "given up after 10 attempts: answered with 500", false));
    }

    @Test
    void endWhereTheReceiverWantsNothing() {
        assertThat(NEVER_LATER.after(1, failed(Then.GONE, null), NOW))
                .returns(State.FAILED, Next::state)
                .returns(true, Next::disablesChannel);
        assertThat(NEVER_LATER.after(1, failed(Then.NEVER, null), NOW))
                .returns(State.FAILED, Next::state)
                .returns(false, Next::disablesChannel);
    }

    @Test
    void areNotNeededAfterASuccess() {
        var answer = new Attempt(true, NOW, 204, "", Duration.ZERO, "u");

        assertThat(NEVER_LATER.after(10, Outcome.again(answer), NOW))
                .isEqualTo(new Next(State.SUCCESS, null, null, false));
    }

    @Property
    void comeNoEarlierThanAskedForAndWithinBounds(
            @ForAll @IntRange(min = 1, max = 9) int attempts,
            @ForAll @LongRange(min = 0, max = 1_000_000) long asked,
            @ForAll @IntRange(max = 99) int percent) {
        var retries = new RetryPolicy(bound -> bound * percent / 100);
        Duration pause = RetryPolicy.PAUSES.get(attempts - 1);
        Duration heard = Duration.ofSeconds(Math.min(asked, 86_400));

        Next next = retries.after(attempts, failed(Then.AGAIN, Duration.ofSeconds(asked)), NOW);
        Duration waits = Duration.between(NOW, next.at());

        assertThat(next.state()).isEqualTo(State.SENDING);
        assertThat(waits).isGreaterThanOrEqualTo(pause).isGreaterThanOrEqualTo(heard);
        Duration late = pause.multipliedBy(6).dividedBy(5);
        assertThat(waits).isLessThanOrEqualTo(late.compareTo(heard) > 0 ? late : heard);
    }
}

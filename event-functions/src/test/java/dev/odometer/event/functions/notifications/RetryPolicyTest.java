package dev.odometer.event.functions.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier.FollowUp;
import dev.odometer.metering.notification.Courier.Outcome;
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
    private static final RetryPolicy WITHOUT_JITTER = new RetryPolicy(bound -> 0);

    private static Outcome failed(FollowUp then, @Nullable Duration retryAfter) {
        return new Outcome(new Attempt(false, NOW, 500, "oh", Duration.ZERO, "u"), then, retryAfter);
    }

    private static Outcome failed() {
        return failed(FollowUp.RETRY, null);
    }

    @Test
    void pausesAreThoseOfStandardWebhooks() {
        assertThat(IntStream.rangeClosed(1, 9)
                        .mapToObj(attempts -> WITHOUT_JITTER.after(attempts, failed(), NOW))
                        .map(next -> String.valueOf(Duration.between(NOW, next.at()))))
                .containsExactly("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");
    }

    @Test
    void stopsAfterTheTenthAttempt() {
        assertThat(WITHOUT_JITTER.after(10, failed(), NOW))
                .isEqualTo(new Next(State.FAILED, null, "given up after 10 attempts: answered with 500", false));
    }

    @Test
    void stopsWhenTheReceiverIsGoneOrRejectsTheMessage() {
        assertThat(WITHOUT_JITTER.after(1, failed(FollowUp.DISABLE_CHANNEL, null), NOW))
                .returns(State.FAILED, Next::state)
                .returns(true, Next::disablesChannel);
        assertThat(WITHOUT_JITTER.after(1, failed(FollowUp.GIVE_UP, null), NOW))
                .returns(State.FAILED, Next::state)
                .returns(false, Next::disablesChannel);
    }

    @Test
    void stopsAfterASuccess() {
        var answer = new Attempt(true, NOW, 204, "", Duration.ZERO, "u");

        assertThat(WITHOUT_JITTER.after(10, Outcome.retry(answer), NOW))
                .isEqualTo(new Next(State.SUCCESS, null, null, false));
    }

    @Property
    void honorsRetryAfterAndBoundsTheJitter(
            @ForAll @IntRange(min = 1, max = 9) int attempts,
            @ForAll @LongRange(min = 0, max = 1_000_000) long retryAfter,
            @ForAll @IntRange(max = 99) int percent) {
        var retries = new RetryPolicy(bound -> bound * percent / 100);
        Duration pause = RetryPolicy.PAUSES.get(attempts - 1);
        Duration honored = Duration.ofSeconds(Math.min(retryAfter, 86_400));

        Next next = retries.after(attempts, failed(FollowUp.RETRY, Duration.ofSeconds(retryAfter)), NOW);
        Duration wait = Duration.between(NOW, next.at());

        assertThat(next.state()).isEqualTo(State.SENDING);
        assertThat(wait).isGreaterThanOrEqualTo(pause).isGreaterThanOrEqualTo(honored);
        Duration longest = pause.multipliedBy(6).dividedBy(5);
        assertThat(wait).isLessThanOrEqualTo(longest.compareTo(honored) > 0 ? longest : honored);
    }
}

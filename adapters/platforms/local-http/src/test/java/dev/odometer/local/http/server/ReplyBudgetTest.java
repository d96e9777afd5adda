package dev.odometer.local.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplyBudgetTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ReplyBudget budget = new ReplyBudget(100, Duration.ofSeconds(10));

    private static final class Sized implements ReplyBudget.Answer {

        private final int size;
        private boolean isGivenUp;

        Sized(int size) {
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void giveUp() {
            isGivenUp = true;
        }
    }

    @Test
    void refusesAnAnswerThatDoesNotFit() {
        assertThat(budget.add(new Sized(60), 0)).isTrue();
        assertThat(budget.add(new Sized(41), SECOND)).isFalse();
        assertThat(budget.add(new Sized(40), SECOND)).isTrue();
    }

    @Test
    void acceptsASingleAnswerOfAnySize() {
        assertThat(budget.add(new Sized(1000), 0)).isTrue();
    }

    @Test
    void hasRoomAgainAfterAnAnswerWasRead() {
        var read = new Sized(100);
        budget.add(read, 0);

        budget.remove(read);
        budget.remove(read);

        assertThat(budget.add(new Sized(100), 1)).isTrue();
        assertThat(budget.add(new Sized(1), 2)).isFalse();
    }

    @Test
    void givesUpTheOldestAnswersOfSlowReaders() {
        var first = new Sized(50);
        var second = new Sized(50);
        budget.add(first, 0);
        budget.add(second, SECOND);

        assertThat(budget.add(new Sized(50), 10 * SECOND)).isTrue();
        assertThat(first.isGivenUp).isTrue();
        assertThat(second.isGivenUp).isFalse();
        assertThat(budget.add(new Sized(50), 10 * SECOND)).isFalse();
        assertThat(budget.add(new Sized(50), 11 * SECOND)).isTrue();
        assertThat(second.isGivenUp).isTrue();
    }
}

package dev.odometer.functions.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallerTest {

    private final Caller caller = new Caller();
    private final AtomicInteger canceled = new AtomicInteger();

    private String work() {
        return "done";
    }

    private String workWhoseCallerLeaves() {
        caller.disconnect();
        caller.disconnect();
        throw new IllegalStateException("canceled");
    }

    @Test
    void isThatOfTheThread() {
        assertThat(caller.serve(Caller::current)).isSameAs(caller);
        assertThat(Caller.current()).isNotSameAs(caller);
    }

    @Test
    void getsTheResultUnlessItLeaves() {
        assertThat(caller.cancellable(canceled::incrementAndGet, this::work)).isEqualTo("done");
        assertThat(canceled).hasValue(0);
    }

    @Test
    void cancelsItsWorkWheneverItIsReported() {
        assertThatThrownBy(() -> caller.cancellable(canceled::incrementAndGet, this::workWhoseCallerLeaves))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the client closed the connection")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(canceled).hasValue(2);
    }

    @Test
    void doesNotBeginWorkAfterItLeft() {
        caller.disconnect();

        assertThatThrownBy(() -> caller.cancellable(canceled::incrementAndGet, this::work))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
    }

    @Test
    void cancelsNothingAfterItsWork() {
        caller.cancellable(canceled::incrementAndGet, this::work);

        caller.disconnect();

        assertThat(canceled).hasValue(0);
    }

    @Test
    void getsFailuresThatItDidNotCause() {
        assertThatThrownBy(() -> caller.cancellable(canceled::incrementAndGet, () -> {
                    throw new IllegalStateException("other");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}

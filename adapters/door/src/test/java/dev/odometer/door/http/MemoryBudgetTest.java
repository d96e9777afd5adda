package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.request.MatchedRequest;
import dev.odometer.door.request.Query;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.route.Route;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Route LARGE = Route.get("/large", "large").answersMayBeLarge();
    private static final Route SMALL = Route.get("/small", "small");

    private final MemoryBudget memory = new MemoryBudget(1, Duration.ofMillis(50));

    /** Answers after the gate is open. */
    private record Gated(Route route, CountDownLatch entered, CountDownLatch gate) implements RouteHandler {

        @Override
        public HttpReply serve(MatchedRequest request, Exchange exchange) {
            entered.countDown();
            try {
                gate.await(2, TimeUnit.MINUTES);
            } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
            }
            return new HttpReply(200, Headers.NONE, new byte[0]);
        }
    }

    private int status(Route route, int bodyBytes) {
        return serve(new Gated(route, new CountDownLatch(1), new CountDownLatch(0)), bodyBytes);
    }

    private int serve(RouteHandler handler, int bodyBytes) {
        var request = new MatchedRequest(
                Map.of(), Query.parse(null), name -> Optional.empty(), Map.of(), new byte[bodyBytes]);
        return memory.serve(handler, request, new Exchange()).status();
    }

    /** Runs the assertions while a request to the large route is served. */
    private void whileOneIsServed(Runnable assertions) throws Exception {
        var occupied = new Gated(LARGE, new CountDownLatch(1), new CountDownLatch(1));
        var first = CompletableFuture.supplyAsync(() -> serve(occupied, 0));
        assertThat(occupied.entered.await(2, TimeUnit.MINUTES)).isTrue();

        assertions.run();

        occupied.gate.countDown();
        assertThat(first.get(2, TimeUnit.MINUTES)).isEqualTo(200);
    }

    @Test
    void anotherLargeAnswerIsUnavailable() throws Exception {
        whileOneIsServed(() -> assertThatThrownBy(() -> status(LARGE, 0))
                .hasMessage("too many requests with large answers or bodies at once")
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE)));
        assertThat(status(LARGE, 0)).isEqualTo(200);
    }

    @Test
    void aLargeBodyNeedsMemoryToo() throws Exception {
        whileOneIsServed(() -> {
            assertThatThrownBy(() -> status(SMALL, MEBIBYTE + 1)).isInstanceOf(Refusal.class);
            assertThat(status(SMALL, MEBIBYTE)).isEqualTo(200);
        });
    }

    @Test
    void releasesTheMemoryOfARequestThatFails() {
        var broken = new RouteHandler() {

            @Override
            public Route route() {
                return LARGE;
            }

            @Override
            public HttpReply serve(MatchedRequest request, Exchange exchange) {
                throw new IllegalStateException("broken");
            }
        };
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> serve(broken, 0)).hasMessage("broken");
        }
    }

    @Test
    void isProportionalToTheHeap() {
        assertThat(DoorSettings.maxBodyBytes(256L * MEBIBYTE)).isEqualTo(10 * MEBIBYTE);
        assertThat(DoorSettings.maxBodyBytes(64L * MEBIBYTE)).isEqualTo(4 * MEBIBYTE);
    }
}

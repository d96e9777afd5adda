package dev.odometer.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOff.State;
import dev.odometer.metering.handoff.HandOffs.Next;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.stripe.FakeStripe.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After a crash or a fault at any request, there is one invoice with the right total and without duplicate items. */
class CrashTest {

    private static final String[] AMOUNTS = {"1.00", "0.05", "20.30"};
    private static final List<Long> UNITS = List.of(100L, 5L, 2030L);
    /** The requests of an attempt without a fault: the draft, three items, both checks and the finalization. */
    private static final int REQUESTS = 7;

    /** The end of a process. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Crashes at a request, before or after it has its effect. */
    private record Crashing(Transport transport, AtomicInteger left, boolean isAfter) implements Transport {

        static Crashing at(Transport transport, int request, boolean isAfter) {
            return new Crashing(transport, new AtomicInteger(request), isAfter);
        }

        @Override
        public Response send(StripeRequest request) throws IOException {
            boolean isLast = left.getAndDecrement() == 0;
            if (isLast && isAfter) {
                transport.send(request);
            }
            if (isLast) {
                throw new Crash();
            }
            return transport.send(request);
        }
    }

    private static boolean crashes(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    private static void finish(HandOffFixture fixture, Invoice invoice) {
        for (int attempts = 0; fixture.handOff(invoice).state() != State.DONE && attempts < 20; attempts++) {
            fixture.pass(HandOffFixture.LEASE);
            fixture.work();
        }
    }

    private static void assertHandedOverOnce(HandOffFixture fixture, Invoice invoice) {
        HandOff handOff = fixture.handOff(invoice);
        assertThat(handOff).returns(State.DONE, HandOff::state).returns(null, HandOff::reason);
        StripeInvoice one = fixture.invoice();
        assertThat(one.status).isEqualTo("open");
        assertThat(fixture.amounts(one)).containsExactlyInAnyOrderElementsOf(UNITS);
        assertThat(fixture.stripe.account.items).hasSize(UNITS.size());
        assertThat(handOff.externalIds().invoiceId()).isEqualTo(one.id);
        assertThat(handOff.externalIds().items()).hasSize(UNITS.size());
    }

    static Stream<Arguments> crashes() {
        return IntStream.range(0, REQUESTS)
                .boxed()
                .flatMap(request -> Stream.of(false, true)
                        .flatMap(isAfter -> Stream.of(Duration.ofMinutes(5), Duration.ofHours(25))
                                .map(pause -> Arguments.of(request, isAfter, pause))));
    }

    /** After the longer pause, Stripe has forgotten the idempotency keys. */
    @ParameterizedTest
    @MethodSource("crashes")
    void survivesACrashAtAnyRequest(int request, boolean isAfter, Duration pause) {
        try (var fixture = new HandOffFixture()) {
            Invoice invoice = fixture.issued.issued(AMOUNTS);

            assertThat(crashes(() -> fixture.work(Crashing.at(fixture.http(), request, isAfter))))
                    .isTrue();
            assertThat(fixture.handOff(invoice).state()).isEqualTo(State.PENDING);
            fixture.pass(pause);
            fixture.work();

            assertHandedOverOnce(fixture, invoice);
        }
    }

    @Test
    void makesAsManyRequestsAsTheCrashesCover() {
        try (var fixture = new HandOffFixture()) {
            fixture.issued.issued(AMOUNTS);

            fixture.work();

            assertThat(fixture.requests())
                    .hasSize(REQUESTS)
                    .containsExactly(
                            "POST /v1/invoices",
                            "POST /v1/invoiceitems",
                            "POST /v1/invoiceitems",
                            "POST /v1/invoiceitems",
                            "GET /v1/invoiceitems",
                            "GET /v1/invoices/in_1",
                            "POST /v1/invoices/in_1/finalize");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void survivesACrashBeforeTheResultIsStored(boolean keysAreForgotten) {
        try (var fixture = new HandOffFixture()) {
            Invoice invoice = fixture.issued.issued(AMOUNTS);

            assertThat(crashes(() -> fixture.work(fixture.http(), (Next next) -> {
                        throw new Crash();
                    })))
                    .isTrue();
            fixture.pass(Duration.ofHours(keysAreForgotten ? 25 : 1));
            fixture.work();

            assertHandedOverOnce(fixture, invoice);
        }
    }

    /** Each pair of crashes, of which the second one is in the attempt that recovers from the first. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void survivesASecondCrash(int first) {
        for (int second = 0; second < REQUESTS + 4; second++) {
            for (int kinds = 0; kinds < 4; kinds++) {
                try (var fixture = new HandOffFixture()) {
                    Invoice invoice = fixture.issued.issued(AMOUNTS);
                    boolean isFirstAfter = kinds % 2 == 1;
                    boolean isSecondAfter = kinds >= 2;
                    int request = second;

                    crashes(() -> fixture.work(Crashing.at(fixture.http(), first, isFirstAfter)));
                    fixture.pass(Duration.ofMinutes(5));
                    crashes(() -> fixture.work(Crashing.at(fixture.http(), request, isSecondAfter)));
                    finish(fixture, invoice);

                    assertHandedOverOnce(fixture, invoice);
                }
            }
        }
    }

    static Stream<Arguments> faults() {
        return IntStream.range(0, REQUESTS)
                .boxed()
                .flatMap(request -> Stream.of(Fault.values()).map(fault -> Arguments.of(request, fault)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void survivesAFaultOfStripeAtAnyRequest(int request, Fault fault) {
        try (var fixture = new HandOffFixture()) {
            Invoice invoice = fixture.issued.issued(AMOUNTS);
            fixture.stripe.plan(request, fault);
            // An answer that is late on a busy machine is one more fault.
            fixture.answerTimeout(Duration.ofMillis(500));

            fixture.work();
            finish(fixture, invoice);

            assertHandedOverOnce(fixture, invoice);
        }
    }

    /** Random faults and crashes over several attempts and days. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesManyFaults(int seed) {
        var random = new Random(seed);
        Fault[] faults = Stream.of(Fault.values())
                .filter(fault -> fault != Fault.SLOW && fault != Fault.HANGING)
                .toArray(Fault[]::new);
        for (int round = 0; round < 25; round++) {
            try (var fixture = new HandOffFixture()) {
                Invoice invoice = fixture.issued.issued(AMOUNTS);
                for (int request = 0; request < 60; request++) {
                    if (random.nextInt(4) == 0) {
                        fixture.stripe.plan(request, faults[random.nextInt(faults.length)]);
                    }
                }

                for (int attempt = 0; attempt < 8; attempt++) {
                    int request = random.nextInt(12);
                    boolean isAfter = random.nextBoolean();
                    crashes(() -> fixture.work(Crashing.at(fixture.http(), request, isAfter)));
                    fixture.pass(Duration.ofMinutes(random.nextInt(20) == 0 ? 1500 : 6));
                }
                finish(fixture, invoice);

                assertHandedOverOnce(fixture, invoice);
            }
        }
    }
}

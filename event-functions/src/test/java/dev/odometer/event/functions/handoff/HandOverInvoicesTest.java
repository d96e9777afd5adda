package dev.odometer.event.functions.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOff.ExternalIds;
import dev.odometer.metering.handoff.HandOff.State;
import dev.odometer.metering.handoff.HandOff.Task;
import dev.odometer.metering.handoff.InvoiceCourier;
import dev.odometer.metering.handoff.IssuedInvoices;
import dev.odometer.metering.invoice.Invoice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandOverInvoicesTest extends HandOffFixture {

    @Test
    void handsEachIssuedInvoiceOverOnce() {
        Invoice first = issued.issued("1.00");
        Invoice second = issued.issued("2.00");

        tick();
        tick();

        assertThat(courier.handedOver).extracting(one -> one.invoice().id()).containsExactly(first.id(), second.id());
        assertThat(courier.handedOver)
                .allSatisfy(one -> assertThat(one.progress())
                        .isEqualTo(new InvoiceCourier.Progress(ExternalIds.NONE, true, 0, START)));
        assertThat(handOff(first)).returns(State.DONE, HandOff::state).returns(IDS, HandOff::externalIds);
        assertThat(wakes).isEmpty();
    }

    @Test
    void handsOverWithSeveralWorkers() {
        for (int n = 1; n <= 30; n++) {
            issued.issued(n + ".00");
        }

        function(courier, Instant.EPOCH, 8).accept(new Timed<>(new Tick("handOverInvoices", START), Deadline.NONE));

        assertThat(new HashSet<>(courier.handedOver.stream()
                        .map(one -> one.invoice().id())
                        .toList()))
                .hasSize(30);
        assertThat(courier.handedOver).hasSize(30);
        assertThat(stores.handOffs().nextDue()).isEmpty();
    }

    @Test
    void leavesEarlierInvoicesOut() {
        Invoice invoice = issued.issued("1.00");

        function(courier, IssuedInvoices.START.plusSeconds(1), 1)
                .accept(new Timed<>(new Tick("handOverInvoices", START), Deadline.NONE));

        assertThat(courier.handedOver).isEmpty();
        assertThat(stores.handOffs().find(List.of(invoice.id()))).isEmpty();
    }

    /** The invoice was issued a month before the tick. */
    @Test
    void looksAtAllInvoicesEachFullHour() {
        issued.issued("1.00");

        tick(START.plusSeconds(60), Deadline.NONE);
        assertThat(courier.handedOver).isEmpty();
        tick(START.plusSeconds(3600), Deadline.NONE);

        assertThat(courier.handedOver).hasSize(1);
    }

    @Test
    void looksAtRecentInvoicesEachMinute() {
        clock.now = IssuedInvoices.START.plus(HandOverInvoices.RECENT);
        issued.issued("1.00");

        tick(START.plusSeconds(60), Deadline.NONE);

        assertThat(courier.handedOver).hasSize(1);
    }

    @Test
    void withdrawsAnInvoiceThatIsVoided() {
        Invoice invoice = issued.issued("1.00");
        tick();
        issued.annul(invoice);

        tick();

        assertThat(courier.withdrawn).hasSize(1);
        assertThat(courier.withdrawn.get(0).progress().externalIds()).isEqualTo(IDS);
        assertThat(handOff(invoice)).returns(Task.WITHDRAW, HandOff::task).returns(State.DONE, HandOff::state);
    }

    @Test
    void retriesWithBackoffAndGivesUp() {
        Invoice invoice = issued.issued("1.00");
        for (int attempt = 0; attempt < HandOffRetries.MAX_ATTEMPTS; attempt++) {
            courier.plan.add(outcome(InvoiceCourier.Result.RETRY, null));
        }

        for (Duration pause : HandOffRetries.PAUSES) {
            tick();
            assertThat(handOff(invoice))
                    .returns(State.PENDING, HandOff::state)
                    .returns(clock.now.plus(pause), HandOff::nextAttempt)
                    .returns("a reason", HandOff::reason);
            tick();
            clock.now = clock.now.plus(pause);
        }
        tick();

        assertThat(courier.handedOver).hasSize(10);
        assertThat(handOff(invoice))
                .returns(State.FAILED, HandOff::state)
                .returns("given up after 10 attempts: a reason", HandOff::reason)
                .returns(null, HandOff::nextAttempt);
        stores.handOffs().restart(invoice.id(), clock.now);
        tick();
        assertThat(handOff(invoice).state()).isEqualTo(State.DONE);
    }

    @Test
    void waitsAsLongAsTheProviderSays() {
        Invoice invoice = issued.issued("1.00");
        courier.plan.add(outcome(InvoiceCourier.Result.RETRY, Duration.ofHours(3)));

        tick();

        assertThat(handOff(invoice).nextAttempt()).isEqualTo(START.plus(Duration.ofHours(3)));
        assertThat(wakes).containsExactly(START.plus(Duration.ofHours(3)));
    }

    @Test
    void waitsForTheOperatorWithoutALimit() {
        Invoice invoice = issued.issued("1.00");
        for (int check = 0; check < 20; check++) {
            courier.plan.add(outcome(InvoiceCourier.Result.WAIT, null));
            tick();
            assertThat(handOff(invoice)).returns(State.WAITING, HandOff::state).returns(0, HandOff::attempts);
            clock.now = clock.now.plus(HandOffRetries.CHECK_PAUSE);
        }

        tick();

        assertThat(handOff(invoice)).returns(State.DONE, HandOff::state).returns(null, HandOff::reason);
    }

    @Test
    void givesUpWhatCannotSucceed() {
        Invoice invoice = issued.issued("1.00");
        courier.plan.add(outcome(InvoiceCourier.Result.GIVE_UP, null));

        tick();

        assertThat(handOff(invoice)).returns(State.FAILED, HandOff::state).returns("a reason", HandOff::reason);
        assertThat(wakes).isEmpty();
    }

    @Test
    void continuesWhenTheTimeWasTooShort() {
        Invoice invoice = issued.issued("1.00");
        courier.plan.add(outcome(InvoiceCourier.Result.CONTINUE, null));

        tick();

        assertThat(courier.handedOver).hasSize(2);
        assertThat(courier.handedOver.get(1).progress().isFirst()).isFalse();
        assertThat(handOff(invoice).state()).isEqualTo(State.DONE);
    }

    @Test
    void retriesAfterAnUnexpectedFailure() {
        Invoice invoice = issued.issued("1.00");
        InvoiceCourier broken = new InvoiceCourier() {
            @Override
            public Outcome handOver(OutboundInvoice outbound) {
                outbound.created().accept("in_7");
                throw new IllegalStateException("with a secret");
            }

            @Override
            public Outcome withdraw(OutboundInvoice outbound) {
                throw new IllegalStateException();
            }
        };

        function(broken, Instant.EPOCH, 1).accept(new Timed<>(new Tick("handOverInvoices", START), Deadline.NONE));

        assertThat(handOff(invoice))
                .returns(State.PENDING, HandOff::state)
                .returns("unexpected failure: IllegalStateException", HandOff::reason)
                .returns("in_7", one -> one.externalIds().invoiceId());
    }

    @Test
    void startsNoRequestThatCouldOutlastTheLease() {
        issued.issued("1.00");
        tick();

        var hasTime = courier.handedOver.get(0).hasTime();

        assertThat(hasTime.getAsBoolean()).isTrue();
        clock.now = START.plus(HandOverInvoices.LEASE).minus(HandOverInvoices.MAX_REQUEST_TIME);
        assertThat(hasTime.getAsBoolean()).isFalse();
    }

    @Test
    void refusesACallThatIsTooShort() {
        tick(Deadline.in(Duration.ofSeconds(5)));
        issued.issued("1.00");

        assertThatThrownBy(() -> tick(Deadline.in(Duration.ofSeconds(5))))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE));
        assertThat(courier.handedOver).isEmpty();
    }

    @Test
    void waitsForAProvider() {
        Invoice invoice = issued.issued("1.00");

        function(null, Instant.EPOCH, 1).accept(new Timed<>(new Tick("handOverInvoices", START), Deadline.NONE));

        assertThat(handOff(invoice))
                .returns(State.WAITING, HandOff::state)
                .returns("no payment provider is set up", HandOff::reason);
    }

    @Test
    void refusesToRunWithoutTheSetting() {
        assertThatThrownBy(() -> function(courier, null, 1)
                        .accept(new Timed<>(new Tick("handOverInvoices", START), Deadline.NONE)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("odometer.billing.hand-off-from");
    }

    @Test
    void correctsTimesOfAClockThatWasAhead() {
        Invoice invoice = issued.issued("1.00");
        clock.now = START.plus(Duration.ofDays(400));
        courier.plan.add(outcome(InvoiceCourier.Result.RETRY, null));
        tick();
        clock.now = START;

        tick();

        assertThat(handOff(invoice).state()).isEqualTo(State.DONE);
    }
}

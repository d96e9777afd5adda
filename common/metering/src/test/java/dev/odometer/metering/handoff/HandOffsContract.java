package dev.odometer.metering.handoff;

import static dev.odometer.metering.handoff.IssuedInvoices.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.handoff.HandOff.ExternalIds;
import dev.odometer.metering.handoff.HandOff.State;
import dev.odometer.metering.handoff.HandOff.Task;
import dev.odometer.metering.handoff.HandOffs.Due;
import dev.odometer.metering.handoff.HandOffs.Next;
import dev.odometer.metering.invoice.Invoice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link HandOffs}. One subclass per store. */
public abstract class HandOffsContract {

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Instant LATER = START.plus(Duration.ofHours(1));
    private static final ExternalIds IDS = new ExternalIds("in_1", Map.of("a", "ii_1", "b\u00e9", "ii_2"));

    private final HandOffStores stores = empty();
    private final HandOffs handOffs = stores.handOffs();
    private final IssuedInvoices issued = IssuedInvoices.of(stores);

    protected abstract HandOffStores empty();

    private HandOff handOff(Invoice invoice) {
        return Objects.requireNonNull(handOffs.find(List.of(invoice.id())).get(invoice.id()));
    }

    private Due taken(Instant now) {
        List<Due> due = handOffs.take(now, LEASE, 10);
        assertThat(due).hasSize(1);
        return due.get(0);
    }

    private static Next next(State state, @Nullable Instant at) {
        return new Next(state, at, state == State.DONE ? null : "a reason", state != State.DONE, false, IDS);
    }

    @Test
    void registersEachIssuedInvoiceOnce() {
        Invoice draft = issued.draft("1.00");
        assertThat(handOffs.register(START, LATER)).isZero();
        Invoice invoice = issued.issue(draft);

        assertThat(handOffs.register(START, LATER)).isEqualTo(1);
        assertThat(handOffs.register(START, LATER.plusSeconds(1))).isZero();

        assertThat(handOff(invoice))
                .isEqualTo(new HandOff(invoice.id(), Task.HAND_OVER, State.PENDING, null, 0, LATER, ExternalIds.NONE));
        assertThat(handOffs.nextDue()).contains(LATER);
        assertThat(handOffs.find(List.of("unknown", "\0"))).isEmpty();
    }

    @Test
    void registersInvoicesIssuedFromATimeOn() {
        Invoice invoice = issued.issued("1.00");
        Instant issuedAt = Objects.requireNonNull(invoice.times().issuedAt());

        assertThat(handOffs.register(issuedAt.plusNanos(1_000), LATER)).isZero();
        assertThat(handOffs.register(issuedAt, LATER)).isEqualTo(1);
    }

    @Test
    void doesNotRegisterAVoidedInvoice() {
        Invoice invoice = issued.issued("1.00");
        issued.annul(invoice);

        assertThat(handOffs.register(START, LATER)).isZero();
    }

    @Test
    void leasesEachToOneWorkerUntilTheLeaseEnds() {
        issued.issued("1.00");
        Invoice second = issued.issued("2.00");
        handOffs.register(START, LATER);
        assertThat(handOffs.take(LATER.minusSeconds(1), LEASE, 10)).isEmpty();

        List<Due> first = handOffs.take(LATER, LEASE, 1);
        List<Due> others = handOffs.take(LATER, LEASE, 10);

        assertThat(first).hasSize(1);
        assertThat(others).hasSize(1);
        assertThat(others.get(0)).returns(1, Due::takes).returns(0, Due::keys).returns(LATER, Due::since);
        assertThat(List.of(
                        first.get(0).handOff().invoiceId(),
                        others.get(0).handOff().invoiceId()))
                .contains(second.id())
                .doesNotHaveDuplicates();
        assertThat(handOffs.take(LATER.plus(LEASE).minusSeconds(1), LEASE, 10)).isEmpty();
        assertThat(handOffs.nextDue()).contains(LATER.plus(LEASE));
        assertThat(handOffs.take(LATER.plus(LEASE), LEASE, 10))
                .extracting(Due::takes)
                .containsExactly(2, 2);
    }

    @Test
    void takesEachOnceConcurrently() throws Exception {
        for (int n = 1; n <= 20; n++) {
            issued.issued(n + ".00");
        }
        handOffs.register(START, LATER);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<List<Due>> take = () -> handOffs.take(LATER, LEASE, 4);
            var taken = new ArrayList<String>();
            for (Future<List<Due>> one : pool.invokeAll(Collections.nCopies(8, take))) {
                one.get().forEach(due -> taken.add(due.handOff().invoiceId()));
            }

            assertThat(taken).hasSize(20).doesNotHaveDuplicates();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void endsWhenItIsDone() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER);

        handOffs.settle(taken(LATER), next(State.DONE, null));

        assertThat(handOff(invoice))
                .isEqualTo(new HandOff(invoice.id(), Task.HAND_OVER, State.DONE, null, 0, null, IDS));
        assertThat(handOffs.nextDue()).isEmpty();
        assertThat(handOffs.register(START, LATER)).isZero();
        assertThat(handOffs.take(LATER.plus(Duration.ofDays(99)), LEASE, 10)).isEmpty();
    }

    @Test
    void countsFailuresAndTakesItAgainWhenItIsDue() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER);
        Instant retry = LATER.plusSeconds(60);

        handOffs.settle(taken(LATER), new Next(State.PENDING, retry, "a \0 reason", true, true, IDS));

        assertThat(handOff(invoice))
                .returns(1, HandOff::attempts)
                .returns(retry, HandOff::nextAttempt)
                .returns(State.PENDING, HandOff::state);
        assertThat(handOff(invoice).reason()).startsWith("a ").endsWith(" reason");
        assertThat(handOffs.take(retry.minusSeconds(1), LEASE, 10)).isEmpty();
        Due again = taken(retry);
        assertThat(again).returns(2, Due::takes).returns(1, Due::keys);
        handOffs.settle(again, new Next(State.WAITING, retry, "another", false, false, null));
        assertThat(handOff(invoice))
                .returns(1, HandOff::attempts)
                .returns("another", HandOff::reason)
                .returns(IDS, HandOff::externalIds);
        assertThat(taken(retry)).returns(3, Due::takes).returns(1, Due::keys);
    }

    @Test
    void storesTheIdOfTheInvoiceAtOnce() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER);
        Due due = taken(LATER);

        handOffs.created(due, "in_1");

        assertThat(handOff(invoice).externalIds()).isEqualTo(new ExternalIds("in_1", Map.of()));
        assertThat(taken(LATER.plus(LEASE)).handOff().externalIds().invoiceId()).isEqualTo("in_1");
    }

    @Test
    void ignoresAWorkerThatLostItsLease() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER);
        Due lost = taken(LATER);
        Due held = taken(LATER.plus(LEASE));

        handOffs.created(lost, "in_9");
        handOffs.settle(lost, next(State.DONE, null));

        assertThat(handOff(invoice))
                .returns(State.PENDING, HandOff::state)
                .returns(ExternalIds.NONE, HandOff::externalIds);
        handOffs.settle(held, next(State.DONE, null));
        assertThat(handOff(invoice)).returns(State.DONE, HandOff::state).returns(IDS, HandOff::externalIds);
    }

    @Test
    void withdrawsAnInvoiceThatIsVoidedLater() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER);
        handOffs.settle(taken(LATER), next(State.DONE, null));
        issued.annul(invoice);

        assertThat(handOffs.register(LATER.plus(Duration.ofDays(1)), LATER)).isEqualTo(1);
        assertThat(handOffs.register(START, LATER)).isZero();

        assertThat(handOff(invoice))
                .isEqualTo(new HandOff(invoice.id(), Task.WITHDRAW, State.PENDING, null, 0, LATER, IDS));
        Due due = taken(LATER);
        assertThat(due.takes()).isEqualTo(2);
        handOffs.settle(due, next(State.FAILED, null));
        assertThat(handOffs.register(START, LATER)).isZero();
        assertThat(handOff(invoice)).returns(State.FAILED, HandOff::state).returns(1, HandOff::attempts);
    }

    @Test
    void withdrawsOnlyWhenTheWorkerThatHandsItOverIsGone() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER);
        Due busy = taken(LATER);
        issued.annul(invoice);

        handOffs.register(START, LATER.plusSeconds(1));

        assertThat(handOffs.take(LATER.plusSeconds(1), LEASE, 10)).isEmpty();
        handOffs.settle(busy, next(State.DONE, null));
        assertThat(handOff(invoice)).returns(Task.WITHDRAW, HandOff::task).returns(State.PENDING, HandOff::state);
        assertThat(taken(LATER.plus(LEASE)).handOff().task()).isEqualTo(Task.WITHDRAW);
    }

    @Test
    void restartsWhatFailed() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER);
        handOffs.settle(taken(LATER), next(State.FAILED, null));
        assertThat(handOffs.nextDue()).isEmpty();

        HandOff restarted = handOffs.restart(invoice.id(), LATER.plusSeconds(5));

        assertThat(restarted)
                .isEqualTo(new HandOff(invoice.id(), Task.HAND_OVER, State.PENDING, null, 0, LATER.plusSeconds(5), IDS))
                .isEqualTo(handOff(invoice));
        Due due = taken(LATER.plusSeconds(5));
        assertThat(due).returns(2, Due::takes).returns(1, Due::keys);
        assertThat(handOffs.restart(invoice.id(), LATER)).isEqualTo(handOff(invoice));
        handOffs.settle(due, next(State.DONE, null));
        assertThat(handOffs.restart(invoice.id(), LATER)).returns(State.DONE, HandOff::state);
        assertThatThrownBy(() -> handOffs.restart("unknown\0", LATER))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_FOUND));
    }

    @Test
    void restartsNothingThatAWorkerHas() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER);
        handOffs.settle(taken(LATER), next(State.WAITING, LATER));
        Due due = taken(LATER);

        assertThat(handOffs.restart(invoice.id(), LATER)).returns(State.WAITING, HandOff::state);

        assertThat(handOffs.take(LATER, LEASE, 10)).isEmpty();
        handOffs.settle(due, next(State.DONE, null));
        assertThat(handOff(invoice).state()).isEqualTo(State.DONE);
    }

    @Test
    void correctsTimesOfAClockThatWasAhead() {
        Invoice invoice = issued.issued("1.00");
        handOffs.register(START, LATER.plus(Duration.ofDays(400)));

        assertThat(handOffs.resetDueAfter(LATER.plus(Duration.ofDays(500)), LATER))
                .isZero();
        assertThat(handOffs.resetDueAfter(LATER.plus(Duration.ofDays(2)), LATER))
                .isEqualTo(1);

        assertThat(handOff(invoice).nextAttempt()).isEqualTo(LATER);
        assertThat(taken(LATER).takes()).isEqualTo(1);
    }

    @Test
    void hasAClock() {
        assertThat(handOffs.now()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    }
}

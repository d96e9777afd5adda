package dev.odometer.metering.invoice;

import dev.odometer.metering.pricing.BillingPeriods;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.subscription.Subscription;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The times at which something may be due. */
record DueTimes(Account account, Settlement.Request request) {

    private static final CalendarDuration MONTH = CalendarDuration.parse("month", "P1M");

    /**
     * Items that start before this time can be due. An item that starts at the time of the settlement is due if it is
     * charged in advance. Items that were billed by a process whose clock is ahead are owed, too.
     */
    Instant until() {
        return account.billed().stream()
                .map(one -> one.line().stored())
                .filter(origin -> origin.source() != null)
                .map(origin -> origin.service().start())
                .reduce(request.asOf(), DueTimes::later)
                .plusNanos(1);
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    Optional<Instant> next() {
        Instant oldest = request.horizon().before(request.asOf());
        Stream<Instant> ofSubscriptions = account.subscriptions().stream()
                .filter(one -> one.activeTo() == null || !one.activeTo().isBefore(oldest))
                .flatMap(this::of);
        Stream<Instant> ofItems =
                account.manual().stream().map(item -> workflow().invoiceAt(item.invoiceAt()));
        return Stream.of(ofSubscriptions, ofItems, corrections(oldest))
                .flatMap(times -> times)
                .filter(at -> at.isAfter(request.asOf()))
                .min(Comparator.naturalOrder());
    }

    /** Usage of items that were added by hand can arrive late, too. It is billed by the month. */
    private Stream<Instant> corrections(Instant oldest) {
        Stream<Instant> billed = account.billed().stream()
                .map(one -> one.line().stored())
                .filter(origin -> origin.source() == null && origin.evidence() != null)
                .map(origin -> origin.service().end());
        Stream<Instant> due = account.manual().stream()
                .filter(BillableItem::isByUsage)
                .map(item -> item.item().period().end());
        return Stream.concat(billed, due).filter(end -> !end.isBefore(oldest)).map(this::month);
    }

    /** The first time that is whole months after the end. */
    private Instant month(Instant end) {
        return end.isAfter(request.asOf())
                ? end
                : new BillingPeriods(MONTH, end, ZoneOffset.UTC)
                        .containing(request.asOf())
                        .end();
    }

    private Workflow workflow() {
        return account.profile().workflow();
    }

    private Stream<Instant> of(Subscription subscription) {
        Instant from = subscription.activeFrom().isAfter(request.asOf())
                ? subscription.activeFrom()
                : subscription.billingPeriods().containing(request.asOf()).end();
        Stream<Instant> bounds = Stream.of(
                        subscription.activeTo(), from, workflow().invoiceAt(from))
                .filter(Objects::nonNull);
        Stream<Instant> items = BillableItem.of(subscription, workflow().endProration(), from).stream()
                .map(item -> workflow().invoiceAt(item.invoiceAt()));
        return Stream.concat(bounds, items);
    }
}

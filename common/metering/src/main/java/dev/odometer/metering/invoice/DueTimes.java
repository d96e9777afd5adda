package dev.odometer.metering.invoice;

import dev.odometer.metering.subscription.Subscription;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The times after a settlement at which something may be due. */
record DueTimes(Account account, Settlement.Request request) {

    Optional<Instant> next() {
        Instant oldest = request.horizon().before(request.asOf());
        Stream<Instant> ofSubscriptions = account.subscriptions().stream()
                .filter(one -> one.activeTo() == null || !one.activeTo().isBefore(oldest))
                .flatMap(this::of);
        Stream<Instant> ofItems =
                account.manual().stream().map(item -> workflow().invoiceAt(item.invoiceAt()));
        return Stream.concat(ofSubscriptions, ofItems)
                .filter(at -> at.isAfter(request.asOf()))
                .min(Comparator.naturalOrder());
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

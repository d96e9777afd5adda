package dev.odometer.metering.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.invoice.Account.Billed;
import dev.odometer.metering.invoice.Account.Metered;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Charge;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.RatedCharge;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.subscription.Customization;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** A customer whose usage is a list of events, and who is settled, changed and canceled at random. */
final class BilledCustomer {

    static final Instant START = Instant.parse("2026-01-31T10:07:00Z");
    private static final CalendarDuration FOREVER = CalendarDuration.parse("horizon", "P50Y");

    private final Random random;
    private final Supplier<String> ids = SubscriptionExamples.ids("id");
    private final List<Invoice> invoices = new ArrayList<>();
    /** The ids of voided invoices whose items are billed again. */
    private final Set<String> released = new HashSet<>();

    final Map<Instant, BigDecimal> events = new HashMap<>();
    private Subscription subscription;
    private Instant now = START;
    private int edits;

    BilledCustomer(long seed) {
        random = new Random(seed);
        subscription = SubscriptionExamples.subscription("sub", BilledTerms.plan(), START);
    }

    Account account() {
        List<Billed> billed = invoices.stream()
                .filter(invoice -> !released.contains(invoice.id()))
                .flatMap(invoice -> invoice.lines().stream().map(line -> billed(invoice, line)))
                .toList();
        return new Account(
                SubscriptionExamples.ACME,
                BillingProfile.initial(START),
                TaxRate.NONE,
                List.of(subscription),
                billed,
                List.of(),
                Map.of(),
                Map.of(SubscriptionExamples.TOKENS.id(), new Metered(measure(), Aggregation.SUM)));
    }

    private static Billed billed(Invoice invoice, InvoiceLine line) {
        InvoiceTimes times = invoice.times();
        Instant annulledAt = times.deletedAt() == null ? times.voidedAt() : times.deletedAt();
        boolean isCollected = times.collectedAt() != null || annulledAt != null;
        return new Billed(
                invoice.id(), invoice.number(), isCollected, annulledAt == null ? line : line.deleted(annulledAt));
    }

    private static Measure measure() {
        return Objects.requireNonNull(SubscriptionExamples.TOKENS.measure());
    }

    Settlement.Request request(boolean isProgressive) {
        return new Settlement.Request(now, now, isProgressive, Set.of(), FOREVER);
    }

    List<BigDecimal> totals(Settlement settlement) {
        return settlement.usage().stream().map(usage -> used(usage.range())).toList();
    }

    void settle(boolean isProgressive) {
        var settlement = Settlement.of(account(), request(isProgressive));
        invoices.addAll(settlement.invoices(totals(settlement), ids));
        var again = Settlement.of(account(), request(isProgressive));
        assertThat(again.invoices(totals(again), ids)).as("twice is once").isEmpty();
    }

    void collect() {
        for (int i = 0; i < invoices.size(); i++) {
            Invoice draft = invoices.get(i);
            if (draft.times().isDraft()
                    && draft.times().collectedAt() == null
                    && !draft.times().collectionAt().isAfter(now)) {
                var settlement = Settlement.ofDraft(account(), draft, request(false));
                invoices.set(i, settlement.collected(draft, totals(settlement), ids));
            }
        }
    }

    void use() {
        long back = (long) (random.nextDouble() * Duration.between(START, now).toMinutes());
        events.merge(
                now.minus(Duration.ofMinutes(random.nextBoolean() ? 0 : back)),
                BigDecimal.valueOf(random.nextInt(120) - 20, 1),
                BigDecimal::add);
    }

    void change() {
        try {
            subscription = random.nextBoolean()
                    ? subscription.canceled(new Timing.Immediate(), now)
                    : random.nextBoolean()
                            ? subscription.canceled(new Timing.NextBillingCycle(), now)
                            : subscription.uncanceled(now);
        } catch (Refusal notNow) {
            assertThat(notNow.detail()).contains("not allowed");
        }
    }

    /** Removes an item and adds it again, so that its versions are adjacent, or only one of both. */
    void edit() {
        try {
            String key = random.nextBoolean() ? "tokens" : "advance";
            var remove = new Customization.RemoveItem("main", key);
            RateCard card = key.equals("tokens")
                    ? BilledTerms.usage(Pricing.of(new Price.PerUnit(BigDecimal.ONE)))
                    : BilledTerms.flat(key, PaymentTerm.IN_ADVANCE);
            var add = new Customization.AddItem(
                    "main", SubscriptionExamples.phases("edit" + edits++).item(card));
            List<Customization> edit = random.nextInt(3) == 0
                    ? List.of(add)
                    : random.nextBoolean() ? List.of(remove) : List.of(remove, add);
            Timing timing = random.nextBoolean() ? new Timing.Immediate() : new Timing.NextBillingCycle();
            subscription = subscription.edited(edit, timing, now);
        } catch (Refusal notNow) {
            assertThat(notNow.kind()).isIn(RefusalKind.FORBIDDEN, RefusalKind.CONFLICT, RefusalKind.INVALID);
        }
    }

    /** Time passes, or does not, or passes exactly until a billing period starts. */
    private void pass() {
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> now = subscription.billingPeriods().containing(now).end();
            default -> now = now.plus(Duration.ofMinutes(random.nextInt(12_000)));
        }
    }

    void step(boolean isEdited) {
        pass();
        switch (random.nextInt(isEdited ? 10 : 8)) {
            case 0 -> change();
            case 1, 2, 3 -> use();
            case 4 -> settle(true);
            case 5 -> collect();
            case 6 -> voidOne();
            case 8, 9 -> edit();
            default -> settle(false);
        }
    }

    void voidOne() {
        if (!invoices.isEmpty()) {
            int i = random.nextInt(invoices.size());
            Invoice one = invoices.get(i);
            if (one.times().isDraft() && one.times().collectedAt() != null) {
                one = one.issued(i + 1, now);
                boolean isVoided = random.nextBoolean();
                invoices.set(i, isVoided ? one.voided("a test", now) : one);
                if (isVoided) {
                    released.add(one.id());
                }
            }
        }
    }

    /** Voids an invoice with {@code discard}, deletes a draft, removes a line of a draft, or issues a draft. */
    void discard() {
        if (!invoices.isEmpty()) {
            int i = random.nextInt(invoices.size());
            Invoice one = invoices.get(i);
            if (one.times().isIssued() && one.times().voidedAt() == null) {
                invoices.set(i, one.voided("a test", now));
            } else if (one.times().isDraft() && random.nextInt(3) == 0) {
                invoices.set(i, one.deleted(now));
            } else if (one.times().isDraft() && random.nextBoolean()) {
                var lines = new ArrayList<>(one.lines());
                lines.set(0, lines.get(0).deleted(now));
                invoices.set(i, one.with(lines, one.times()));
            } else if (one.times().isDraft() && one.times().collectedAt() != null) {
                invoices.set(i, one.issued(i + 1, now));
            }
        }
    }

    /** The sum of the lines that are charged, by item. */
    Map<String, Money> billed() {
        var sums = new HashMap<String, Money>();
        account().billed().stream()
                .map(Billed::line)
                .filter(line -> !line.isDeleted())
                .forEach(line -> sums.merge(line.stored().key(), line.totals().total(), Money::plus));
        sums.values().removeIf(Money::isZero);
        return sums;
    }

    /** The charges of all lines that do not depend on a quantity. */
    List<RatedCharge> fees() {
        return invoices.stream()
                .flatMap(invoice -> invoice.lines().stream())
                .flatMap(line -> line.rated().charges().stream())
                .filter(charge -> charge.isCommitment() || charge.charge().kind() == Charge.Kind.FLAT)
                .toList();
    }

    Instant end() {
        return Objects.requireNonNull(subscription.activeTo());
    }

    /** What the items cost, computed from all events. */
    Map<String, Money> owed() {
        var owed = new HashMap<String, Money>();
        for (BillableItem item :
                BillableItem.of(subscription, BillableItem.EndProration.BILL_ACTUAL_PERIOD, now.plusNanos(1))) {
            if (!item.invoiceAt().isAfter(now)) {
                RatedLine line = item.owed(
                        used(item.usageRange()), !item.item().period().end().isAfter(now));
                owed.put(item.key(), line.total());
            }
        }
        owed.values().removeIf(Money::isZero);
        return owed;
    }

    /** As {@link #owed}, without what was discarded. */
    Map<String, Money> owedWithoutDiscards() {
        return DiscardedCents.owed(owed(), account().billed());
    }

    private BigDecimal used(Window range) {
        return events.entrySet().stream()
                .filter(event -> !event.getKey().isBefore(range.start())
                        && event.getKey().isBefore(range.end()))
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The last day of all: nothing is open. */
    void finish() {
        if (subscription.activeTo() == null) {
            subscription = subscription.canceled(new Timing.Immediate(), now);
        }
        now = Objects.requireNonNull(subscription.activeTo()).isAfter(now) ? subscription.activeTo() : now;
        now = now.plus(Duration.ofDays(1));
        collect();
        settle(false);
        now = now.plus(Duration.ofDays(1));
        collect();
        settle(false);
        collect();
    }
}

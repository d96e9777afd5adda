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
import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.RatedCharge;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Tier;
import dev.odometer.metering.subscription.Customization;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.subscription.Timing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** A customer whose usage is a list of events, and who is settled, changed and canceled at random. */
final class BilledCustomer {

    static final Instant START = Instant.parse("2026-01-31T10:07:00Z");
    static final Pricing TOKENS = new Pricing(
            new Price.Graduated(List.of(
                    new Tier(new BigDecimal(7), new BigDecimal(2), new BigDecimal("0.333")),
                    new Tier(null, null, new BigDecimal("0.05")))),
            new Commitment(new BigDecimal(3), new BigDecimal("4.1")),
            new Discounts(new BigDecimal("12.5"), BigDecimal.ONE));
    private static final CalendarDuration FOREVER = CalendarDuration.parse("horizon", "P50Y");

    private final Random random;
    private final Supplier<String> ids = SubscriptionExamples.ids("id");
    private final List<Invoice> invoices = new ArrayList<>();
    final Map<Instant, BigDecimal> events = new HashMap<>();
    private Subscription subscription;
    private Instant now = START;
    private int edits;

    BilledCustomer(long seed) {
        random = new Random(seed);
        subscription = SubscriptionExamples.subscription("sub", terms(), START);
    }

    static PlanTerms terms() {
        return PlanExamples.monthly(PlanExamples.phase(
                "main",
                null,
                flat("advance", PaymentTerm.IN_ADVANCE),
                flat("arrears", PaymentTerm.IN_ARREARS),
                SubscriptionExamples.setup(),
                usage(TOKENS)));
    }

    private static RateCard flat(String key, PaymentTerm term) {
        return new RateCard(
                RateCard.Kind.FLAT_FEE,
                PlanExamples.label(key),
                PlanExamples.duration("P1M"),
                Pricing.of(new Price.Flat(new BigDecimal("49.99"), term)),
                null,
                null,
                null,
                Discounts.NONE);
    }

    private static RateCard usage(Pricing pricing) {
        return PlanExamples.card("tokens", "P1M", pricing);
    }

    Account account() {
        List<Billed> billed = invoices.stream()
                .filter(invoice -> invoice.times().voidedAt() == null)
                .flatMap(invoice -> invoice.lines().stream()
                        .map(line -> new Billed(
                                invoice.id(), invoice.number(), invoice.times().collectedAt() != null, line)))
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

    private static Measure measure() {
        return Objects.requireNonNull(SubscriptionExamples.TOKENS.measure());
    }

    Settlement.Request request(boolean isProgressive) {
        return new Settlement.Request(now, now, isProgressive, Set.of(), FOREVER);
    }

    List<BigDecimal> totals(Settlement settlement) {
        return settlement.usage().stream()
                .map(usage -> events.entrySet().stream()
                        .filter(event -> !event.getKey().isBefore(usage.range().start())
                                && event.getKey().isBefore(usage.range().end()))
                        .map(Map.Entry::getValue)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .toList();
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
            if (draft.times().collectedAt() == null
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
                    ? usage(Pricing.of(new Price.PerUnit(BigDecimal.ONE)))
                    : flat(key, PaymentTerm.IN_ADVANCE);
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
                invoices.set(i, random.nextBoolean() ? one.voided("a test", now) : one);
            }
        }
    }

    /** The sum of the lines that count, by item. */
    Map<String, Money> billed() {
        var sums = new HashMap<String, Money>();
        account()
                .billed()
                .forEach(one -> sums.merge(
                        one.line().stored().key(), one.line().totals().total(), Money::plus));
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
                RatedLine line =
                        item.owed(used(item), !item.item().period().end().isAfter(now));
                owed.put(item.key(), line.total());
            }
        }
        owed.values().removeIf(Money::isZero);
        return owed;
    }

    private BigDecimal used(BillableItem item) {
        return events.entrySet().stream()
                .filter(event -> !event.getKey().isBefore(item.usageRange().start())
                        && event.getKey().isBefore(item.usageRange().end()))
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

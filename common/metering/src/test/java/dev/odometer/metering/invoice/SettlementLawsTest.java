package dev.odometer.metering.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.invoice.Account.Billed;
import dev.odometer.metering.invoice.Account.Metered;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Tier;
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
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever the order of usage, settlements and changes of the subscription: after the last settlement, the lines of each
 * item add up to what the item costs.
 */
class SettlementLawsTest {

    private static final Instant START = Instant.parse("2026-01-31T10:07:00Z");
    private static final CalendarDuration FOREVER = CalendarDuration.parse("horizon", "P50Y");

    /** A customer in memory, whose usage is a list of events. */
    private static final class World {

        private final Random random;
        private final Supplier<String> ids = SubscriptionExamples.ids("id");
        private final List<Invoice> invoices = new ArrayList<>();
        private final Map<Instant, BigDecimal> events = new HashMap<>();
        private Subscription subscription;
        private Instant now = START;

        World(long seed) {
            random = new Random(seed);
            subscription = SubscriptionExamples.subscription("sub", terms(), START);
        }

        static PlanTerms terms() {
            var tiers = List.of(
                    new Tier(new BigDecimal(7), new BigDecimal(2), new BigDecimal("0.333")),
                    new Tier(null, null, new BigDecimal("0.05")));
            return PlanExamples.monthly(PlanExamples.phase(
                    "main",
                    null,
                    flat("advance", PaymentTerm.IN_ADVANCE),
                    flat("arrears", PaymentTerm.IN_ARREARS),
                    SubscriptionExamples.setup(),
                    usage(new Pricing(
                            new Price.Graduated(tiers),
                            new Commitment(new BigDecimal(3), new BigDecimal("5.5")),
                            new Discounts(new BigDecimal("12.5"), BigDecimal.ONE)))));
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
                                    invoice.id(),
                                    invoice.number(),
                                    invoice.times().collectedAt() != null,
                                    line)))
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
            return java.util.Objects.requireNonNull(SubscriptionExamples.TOKENS.measure());
        }

        Settlement.Request request(boolean isProgressive) {
            return new Settlement.Request(now, now, isProgressive, Set.of(), FOREVER);
        }

        List<BigDecimal> totals(Settlement settlement) {
            return settlement.usage().stream()
                    .map(usage -> events.entrySet().stream()
                            .filter(event -> !event.getKey()
                                            .isBefore(usage.range().start())
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
            long back =
                    (long) (random.nextDouble() * Duration.between(START, now).toMinutes());
            events.merge(
                    now.minus(Duration.ofMinutes(random.nextBoolean() ? 0 : back)),
                    BigDecimal.valueOf(random.nextInt(60) - 10, 1),
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

        void step() {
            now = now.plus(Duration.ofMinutes(random.nextInt(30_000)));
            switch (random.nextInt(8)) {
                case 0 -> change();
                case 1, 2, 3 -> use();
                case 4 -> settle(true);
                case 5 -> collect();
                case 6 -> voidOne();
                default -> settle(false);
            }
        }

        void voidOne() {
            if (!invoices.isEmpty()) {
                int i = random.nextInt(invoices.size());
                Invoice one = invoices.get(i);
                if (one.times().isDraft() && one.times().collectedAt() != null) {
                    one = one.issued(i + 1, now);
                    invoices.set(i, random.nextBoolean() ? one.voided(now) : one);
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
            now = java.util.Objects.requireNonNull(subscription.activeTo()).isAfter(now)
                    ? subscription.activeTo()
                    : now;
            now = now.plus(Duration.ofDays(1));
            collect();
            settle(false);
            now = now.plus(Duration.ofDays(1));
            collect();
            settle(false);
            collect();
        }
    }

    @Property(tries = 400)
    void theLinesOfAnItemAddUpToWhatItCosts(@ForAll long seed) {
        var world = new World(seed);
        for (int i = 0; i < 25; i++) {
            world.step();
        }
        world.finish();
        assertThat(world.billed()).isEqualTo(world.owed());
    }
}

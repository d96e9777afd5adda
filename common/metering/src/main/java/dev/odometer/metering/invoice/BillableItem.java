package dev.odometer.metering.invoice;

import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.Proration;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.pricing.UsageSplit;
import dev.odometer.metering.subscription.ServicePeriod;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is billed for: an item of a subscription in one service period, or a line that was added by hand.
 *
 * @param key identifies it; all lines with this key bill the same item
 * @param featureId of the feature whose usage is priced; absent for a flat fee
 * @param source absent for a line that was added by hand
 */
public record BillableItem(
        String key,
        Currency currency,
        Wording wording,
        Item item,
        @Nullable String featureId,
        @Nullable Source source) {

    /**
     * The item of a subscription.
     *
     * @param billingPeriod the period of the invoice that the service period ends in
     */
    public record Source(String subscriptionId, String phaseId, String itemId, Window billingPeriod) {}

    /** Whether the fee for the last period of a subscription that ends within the period is prorated. */
    public enum EndProration {
        BILL_ACTUAL_PERIOD,
        BILL_FULL_PERIOD
    }

    /** The item that a line of an invoice bills. */
    public static BillableItem of(InvoiceLine line, @Nullable String featureId) {
        InvoiceLine.Origin origin = line.stored();
        Item part = line.item();
        var whole = new Item(
                origin.service(),
                part.invoiceAt(),
                part.pricing(),
                part.discounts(),
                part.featureKey(),
                part.taxConfig());
        return new BillableItem(
                origin.key(), origin.owed().currency(), line.wording(), whole, featureId, origin.source());
    }

    /** The item with the discounts of a line of it. */
    BillableItem discountedAs(InvoiceLine line) {
        Pricing pricing = item.pricing();
        Discounts discounts = line.item().discounts();
        var discounted = new Item(
                item.period(),
                item.invoiceAt(),
                pricing == null ? null : new Pricing(pricing.price(), pricing.commitment(), discounts),
                discounts,
                item.featureKey(),
                item.taxConfig());
        return new BillableItem(key, currency, wording, discounted, featureId, source);
    }

    /** The item with the price of another one. */
    BillableItem pricedAs(BillableItem other) {
        var priced = new Item(
                item.period(),
                item.invoiceAt(),
                other.item.pricing(),
                other.item.discounts(),
                item.featureKey(),
                item.taxConfig());
        return new BillableItem(key, currency, wording, priced, featureId, source);
    }

    /** The items of a subscription whose service periods start before a time. */
    public static List<BillableItem> of(Subscription subscription, EndProration atEnd, Instant until) {
        var items = new ArrayList<BillableItem>();
        for (ServicePeriod period : ServicePeriod.of(subscription, until)) {
            if (period.item().card().pricing() != null
                    && !period.service().start().equals(period.service().end())) {
                items.add(of(subscription, period, atEnd));
            }
        }
        return items;
    }

    private static BillableItem of(Subscription subscription, ServicePeriod period, EndProration atEnd) {
        var card = period.item().card();
        Window billing = billingPeriod(subscription, period.service());
        Pricing pricing = prorated(subscription, period, atEnd);
        boolean isByUsage = pricing.price().isUsageBased();
        return new BillableItem(
                period.key(subscription),
                subscription.terms().currency(),
                new Wording(card.label().name(), card.label().description(), Map.of()),
                new Item(
                        period.service(),
                        isInAdvance(pricing.price()) ? period.service().start() : billing.end(),
                        pricing,
                        card.discounts(),
                        card.featureKey(),
                        card.taxConfig()),
                isByUsage ? period.item().featureId() : null,
                new Source(subscription.id(), period.phase().id(), period.item().id(), billing));
    }

    private static boolean isInAdvance(Price price) {
        return price instanceof Price.Flat flat && flat.term() == PaymentTerm.IN_ADVANCE;
    }

    /** The billing period in which the service ends, cut where the subscription ends. */
    private static Window billingPeriod(Subscription subscription, Window service) {
        // The last instant of the service decides: its end is already in the next period.
        Window period = subscription.billingPeriods().containing(service.end().minusNanos(1_000));
        Instant end = subscription.activeTo();
        return end != null && end.isBefore(period.end()) ? new Window(period.start(), end) : period;
    }

    /** The price; a flat fee for a part of its period is prorated. */
    private static Pricing prorated(Subscription subscription, ServicePeriod period, EndProration atEnd) {
        Pricing pricing = Objects.requireNonNull(period.item().card().pricing());
        boolean isWhole = period.service().equals(period.full());
        boolean endsEarly = atEnd == EndProration.BILL_FULL_PERIOD
                && period.service().end().equals(subscription.activeTo())
                && period.service().start().equals(period.full().start());
        if (!(pricing.price() instanceof Price.Flat flat)
                || isWhole
                || endsEarly
                || !subscription.terms().proratesPrices()) {
            return pricing;
        }
        var amount = Proration.prorated(
                flat.amount(),
                period.service(),
                period.full(),
                subscription.terms().currency());
        return new Pricing(new Price.Flat(amount.amount(), flat.term()), Commitment.NONE, pricing.discounts());
    }

    /** Whether its price depends on usage. */
    public boolean isByUsage() {
        return featureId != null;
    }

    /**
     * The range of time in which usage counts for it. Usage is counted by the minute, and the minute in which a period
     * starts belongs to that period, so each minute belongs to exactly one of two adjacent periods.
     */
    public Window usageRange() {
        return new Window(minute(item.period().start()), minute(item.period().end()));
    }

    static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    /** When it can be billed in full: not before its period ends, unless it is charged in advance. */
    public Instant invoiceAt() {
        return item.invoiceAt();
    }

    /** What is owed for it, from the start of its period. */
    public RatedLine owed(BigDecimal quantity, boolean ended) {
        Pricing pricing = item.pricing();
        var usage = new UsageSplit(BigDecimal.ZERO, quantity, true, ended);
        return pricing == null
                ? new RatedLine(usage, usage, currency, List.of())
                : Rating.rate(pricing, currency, usage);
    }
}

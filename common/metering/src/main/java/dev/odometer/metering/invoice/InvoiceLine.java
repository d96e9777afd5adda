package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.pricing.TaxConfig;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line of an invoice: a price, the usage that it applies to, and the charges.
 *
 * @param details one for each charge; empty when nothing is charged
 * @param usageDiscountId the id of the usage discount; absent if it takes nothing off
 * @param origin absent for a line that is not stored
 */
public record InvoiceLine(
        String id,
        Wording wording,
        Item item,
        RatedLine rated,
        List<DetailedLine> details,
        @Nullable String usageDiscountId,
        @Nullable Origin origin) {

    public InvoiceLine {
        details = List.copyOf(details);
    }

    /**
     * The texts of a line.
     *
     * @param name 1 to 256 characters
     * @param description at most 1,024 characters
     */
    public record Wording(String name, @Nullable String description, Map<String, String> metadata) {

        private static final int MAX_NAME_LENGTH = 256;
        private static final int MAX_DESCRIPTION_LENGTH = 1024;

        /** @throws Refusal when a field is invalid */
        public Wording {
            Text.checked("name", name, MAX_NAME_LENGTH);
            if (description != null) {
                Text.bounded("description", description, MAX_DESCRIPTION_LENGTH);
            }
            metadata = Metadata.checked(metadata);
        }
    }

    /**
     * What a line charges, for which period, and when it is due.
     *
     * @param pricing absent if the line is free
     * @param featureKey absent for a fee without a feature
     */
    public record Item(
            Window period,
            Instant invoiceAt,
            @Nullable Pricing pricing,
            Discounts discounts,
            @Nullable String featureKey,
            @Nullable TaxConfig taxConfig) {}

    /**
     * What a stored line bills.
     *
     * @param key of the {@link BillableItem}; all lines with this key bill the same item
     * @param revision of the lines with this key, from 0
     * @param source absent for a line that was added by hand
     * @param service the whole service period, of which the line may bill a part
     * @param owed what the line settles; it differs from what is charged after a user has edited the line
     * @param evidence where the quantity comes from; absent for a fee
     * @param corrects the invoice that billed the item before; absent for the first line
     * @param deletedAt when a user removed it from a draft: it is not charged, and the item counts as billed
     */
    public record Origin(
            String key,
            int revision,
            BillableItem.@Nullable Source source,
            Window service,
            RatedLine owed,
            @Nullable Evidence evidence,
            @Nullable String corrects,
            @Nullable Instant deletedAt) {

        private Origin deleted(Instant at) {
            return new Origin(key, revision, source, service, owed, evidence, corrects, at);
        }

        /** The price of a line that was added by hand is that of the line; others have that of their subscription. */
        private Origin rated(RatedLine again) {
            return source == null
                    ? new Origin(key, revision, null, service, again, evidence, corrects, deletedAt)
                    : this;
        }
    }

    /** What a stored line bills. */
    public Origin stored() {
        return Objects.requireNonNull(origin, "the line is not stored");
    }

    public boolean isDeleted() {
        return origin != null && origin.deletedAt != null;
    }

    /** What the customer is charged, which is less than what is settled after a discount or removal by a user. */
    RatedLine charged() {
        return isDeleted() ? rated.uncharged() : rated;
    }

    /** Whether a user has changed what is charged. */
    boolean isChargedOtherwise() {
        return !charged().total().equals(stored().owed().total());
    }

    /** The line with other texts. */
    public InvoiceLine worded(Wording other) {
        return new InvoiceLine(id, other, item, rated, details, usageDiscountId, origin);
    }

    /** The line without effect: it is not charged, and what it bills counts as billed. */
    public InvoiceLine deleted(Instant at) {
        return new InvoiceLine(id, wording, item, rated, details, usageDiscountId, stored().deleted(at));
    }

    /**
     * The line with other discounts, rated again. What it settles of a subscription stays the same, so that the next
     * settlement does not charge the difference.
     *
     * @throws Refusal when it has no price, or settles a part of what an earlier line charged
     */
    public InvoiceLine discounted(Discounts discounts, Supplier<String> ids) {
        if (item.pricing == null || !rated.metered().first()) {
            throw Refusal.invalid("rateCard.discounts cannot be changed: "
                    + (item.pricing == null
                            ? "the line has no price"
                            : "another line bills a part of the same period"));
        }
        var pricing = new Pricing(item.pricing.price(), item.pricing.commitment(), discounts);
        var changed = new Item(item.period, item.invoiceAt, pricing, discounts, item.featureKey, item.taxConfig);
        RatedLine again = Rating.rate(pricing, rated.currency(), rated.metered());
        return new InvoiceLine(
                id,
                wording,
                changed,
                again,
                again.charges().stream()
                        .map(charge -> DetailedLine.of(charge, ids))
                        .toList(),
                again.isUsageDiscounted() ? ids.get() : null,
                stored().rated(again));
    }

    /** The name of one of its details. */
    public String nameOf(DetailedLine detail) {
        return detail.name(wording.name, item.pricing == null ? null : item.pricing.price());
    }

    /** The units of this line that the usage discount makes free. */
    public BigDecimal freeQuantity() {
        return rated.metered().quantity().subtract(rated.billable().quantity());
    }

    /** The units before this line that the usage discount made free. */
    public BigDecimal freeQuantityBefore() {
        return rated.metered().before().subtract(rated.billable().before());
    }

    public Totals totals() {
        return new Totals(rated.amount(), rated.commitment(), rated.discounts(), rated.total());
    }

    /**
     * The sums of a line or an invoice.
     *
     * @param amount usage and fees, before discounts
     * @param charges what is charged to reach minimum spends
     * @param total after discounts
     */
    public record Totals(Money amount, Money charges, Money discounts, Money total) {

        /** The sums over both. */
        public Totals plus(Totals other) {
            return new Totals(
                    amount.plus(other.amount),
                    charges.plus(other.charges),
                    discounts.plus(other.discounts),
                    total.plus(other.total));
        }
    }
}

package dev.odometer.postgres.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceLine.Wording;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.usage.Window;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.pricing.StoredPhases.StoredTax;
import dev.odometer.postgres.pricing.StoredPrice;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stored JSON form of the item of a line. Times are microseconds since 1970. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredItem(
        String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        StoredWindow period,
        long invoiceAt,
        @Nullable StoredPricing pricing,
        @Nullable StoredDiscounts discounts,
        @Nullable String feature,
        @Nullable StoredTax tax) {

    /** A time interval. */
    record StoredWindow(long from, long to) {

        static StoredWindow of(Window window) {
            return new StoredWindow(Micros.of(window.start()), Micros.of(window.end()));
        }

        Window toWindow() {
            return new Window(Micros.toInstant(from), Micros.toInstant(to));
        }
    }

    /** A price. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredPricing(StoredPrice price, @Nullable StoredDiscounts discounts) {}

    /** Discounts. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredDiscounts(
            @Nullable BigDecimal percentage, @Nullable BigDecimal usage) {

        static @Nullable StoredDiscounts of(Discounts discounts) {
            return discounts.equals(Discounts.NONE)
                    ? null
                    : new StoredDiscounts(discounts.percentage(), discounts.usage());
        }

        static Discounts toDiscounts(@Nullable StoredDiscounts stored) {
            return stored == null ? Discounts.NONE : new Discounts(stored.percentage, stored.usage);
        }
    }

    static StoredItem of(Wording wording, Item item) {
        Pricing pricing = item.pricing();
        return new StoredItem(
                wording.name(),
                wording.description(),
                wording.metadata(),
                StoredWindow.of(item.period()),
                Micros.of(item.invoiceAt()),
                pricing == null
                        ? null
                        : new StoredPricing(StoredPrice.of(pricing), StoredDiscounts.of(pricing.discounts())),
                StoredDiscounts.of(item.discounts()),
                item.featureKey(),
                StoredTax.of(item.taxConfig()));
    }

    Wording toWording() {
        return new Wording(name, description, Objects.requireNonNullElse(metadata, Map.of()));
    }

    Item toItem() {
        return new Item(
                period.toWindow(),
                Micros.toInstant(invoiceAt),
                pricing == null
                        ? null
                        : new Pricing(
                                pricing.price.toPrice(),
                                pricing.price.toCommitment(),
                                StoredDiscounts.toDiscounts(pricing.discounts)),
                StoredDiscounts.toDiscounts(discounts),
                feature,
                tax == null ? null : tax.toConfig());
    }
}

package dev.odometer.views;

import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.EntitlementTemplate;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.TaxConfig;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rate card in API responses. The billing cadence is null for a fee that is charged once, the price for free. */
public record RateCardView(
        String type,
        String key,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Nullable String featureKey,
        @Nullable Template entitlementTemplate,
        @Nullable Tax taxConfig,
        Optional<String> billingCadence,
        Optional<PriceView> price,
        @Nullable DiscountsView discounts) {

    /** The discounts; the percentage is a number, the quantity a string of a decimal. */
    public record DiscountsView(
            @Nullable Map<String, BigDecimal> percentage,
            @Nullable Map<String, String> usage) {

        public static @Nullable DiscountsView of(Discounts discounts) {
            BigDecimal percentage = discounts.percentage();
            BigDecimal usage = discounts.usage();
            return percentage == null && usage == null
                    ? null
                    : new DiscountsView(
                            percentage == null ? null : Map.of("percentage", percentage),
                            usage == null ? null : Map.of("quantity", usage.toPlainString()));
        }
    }

    /** The tax treatment. */
    public record Tax(
            @Nullable String behavior,
            @Nullable Map<String, String> stripe,
            @Nullable Map<String, String> customInvoicing,
            @Nullable String taxCodeId) {

        public static @Nullable Tax of(@Nullable TaxConfig config) {
            return config == null
                    ? null
                    : new Tax(
                            config.behavior(),
                            config.stripeCode() == null ? null : Map.of("code", config.stripeCode()),
                            config.customInvoicingCode() == null ? null : Map.of("code", config.customInvoicingCode()),
                            config.taxCodeId());
        }
    }

    /** The entitlement that the rate card gives; it has the fields of its type only. */
    public record Template(
            String type,
            @Nullable Map<String, String> metadata,
            @Nullable String config,
            @Nullable Boolean isSoftLimit,
            @Nullable BigDecimal issueAfterReset,
            @Nullable Integer issueAfterResetPriority,
            @Nullable Boolean preserveOverageAtReset,
            @Nullable String usagePeriod) {

        public static @Nullable Template of(
                @Nullable EntitlementTemplate template, @Nullable CalendarDuration cadence) {
            if (template == null) {
                return null;
            }
            Map<String, String> metadata = template.metadata().isEmpty() ? null : template.metadata();
            if (template instanceof EntitlementTemplate.Metered metered) {
                CalendarDuration period = metered.usagePeriod() == null ? cadence : metered.usagePeriod();
                return new Template(
                        "metered",
                        metadata,
                        null,
                        metered.isSoftLimit(),
                        metered.issueAfterReset(),
                        metered.issueAfterResetPriority(),
                        metered.preserveOverageAtReset(),
                        period == null ? null : period.text());
            }
            return template instanceof EntitlementTemplate.Static fixed
                    ? new Template("static", metadata, fixed.config(), null, null, null, null, null)
                    : new Template("boolean", metadata, null, null, null, null, null, null);
        }
    }

    public static RateCardView of(RateCard card) {
        Map<String, String> metadata = card.label().metadata();
        return new RateCardView(
                card.kind().name().toLowerCase(Locale.ROOT),
                card.key(),
                card.label().name(),
                card.label().description(),
                metadata.isEmpty() ? null : metadata,
                card.featureKey(),
                Template.of(card.template(), card.billingCadence()),
                Tax.of(card.taxConfig()),
                Optional.ofNullable(card.billingCadence()).map(CalendarDuration::text),
                Optional.ofNullable(card.pricing()).map(PriceView::of),
                DiscountsView.of(card.discounts()));
    }
}

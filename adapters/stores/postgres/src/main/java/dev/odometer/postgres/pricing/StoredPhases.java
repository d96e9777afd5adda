package dev.odometer.postgres.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.EntitlementTemplate;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.Phase;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.TaxConfig;
import dev.odometer.postgres.jdbc.DataJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored JSON form of phases. Its names are part of the schema: they stay when those of the domain change. Values
 * that are absent are left out.
 */
public record StoredPhases(List<StoredPhase> phases) {

    /** A phase. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredPhase(StoredLabel label, @Nullable String duration, List<StoredCard> cards) {

        static StoredPhase of(Phase phase) {
            return new StoredPhase(
                    StoredLabel.of(phase.label()),
                    text(phase.duration()),
                    phase.rateCards().stream().map(StoredCard::of).toList());
        }

        Phase toPhase() {
            return new Phase(
                    label.toLabel(),
                    parsed(duration),
                    cards.stream().map(StoredCard::toCard).toList());
        }
    }

    /** A key with its texts. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record StoredLabel(
            String key,
            String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata) {

        public static StoredLabel of(Label label) {
            return new StoredLabel(label.key(), label.name(), label.description(), label.metadata());
        }

        public Label toLabel() {
            return new Label(key, name, description, present(metadata));
        }
    }

    /** A rate card. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StoredCard(
            String kind,
            StoredLabel label,
            @Nullable String cadence,
            @Nullable StoredPrice price,
            @Nullable String feature,
            @Nullable StoredTemplate template,
            @Nullable StoredTax tax,
            @Nullable BigDecimal discountPercentage,
            @Nullable BigDecimal discountUsage) {

        public static StoredCard of(RateCard card) {
            return new StoredCard(
                    lower(card.kind()),
                    StoredLabel.of(card.label()),
                    text(card.billingCadence()),
                    card.pricing() == null ? null : StoredPrice.of(card.pricing()),
                    card.featureKey(),
                    StoredTemplate.of(card.template()),
                    StoredTax.of(card.taxConfig()),
                    card.discounts().percentage(),
                    card.discounts().usage());
        }

        public RateCard toCard() {
            var discounts = new Discounts(discountPercentage, discountUsage);
            return new RateCard(
                    RateCard.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    label.toLabel(),
                    parsed(cadence),
                    price == null ? null : new Pricing(price.toPrice(), price.toCommitment(), discounts),
                    feature,
                    template == null ? null : template.toTemplate(),
                    tax == null ? null : tax.toConfig(),
                    discounts);
        }
    }

    /** An entitlement template. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record StoredTemplate(
            String type,
            @Nullable Map<String, String> metadata,
            @Nullable String config,
            @Nullable Boolean soft,
            @Nullable BigDecimal allowance,
            @Nullable Integer priority,
            @Nullable Boolean preserveOverage,
            @Nullable String period) {

        static @Nullable StoredTemplate of(@Nullable EntitlementTemplate template) {
            if (template instanceof EntitlementTemplate.Metered metered) {
                return new StoredTemplate(
                        "metered",
                        metered.metadata(),
                        null,
                        metered.isSoftLimit(),
                        metered.issueAfterReset(),
                        metered.issueAfterResetPriority(),
                        metered.preserveOverageAtReset(),
                        text(metered.usagePeriod()));
            }
            if (template instanceof EntitlementTemplate.Static fixed) {
                return new StoredTemplate("static", fixed.metadata(), fixed.config(), null, null, null, null, null);
            }
            return template == null
                    ? null
                    : new StoredTemplate("boolean", template.metadata(), null, null, null, null, null, null);
        }

        EntitlementTemplate toTemplate() {
            return switch (type) {
                case "metered" ->
                    new EntitlementTemplate.Metered(
                            Boolean.TRUE.equals(soft),
                            allowance,
                            priority,
                            Boolean.TRUE.equals(preserveOverage),
                            parsed(period),
                            present(metadata));
                case "static" ->
                    new EntitlementTemplate.Static(Objects.requireNonNullElse(config, ""), present(metadata));
                case "boolean" -> new EntitlementTemplate.BooleanAccess(present(metadata));
                default -> throw new IllegalStateException("unknown type of template: " + type);
            };
        }
    }

    /** A tax treatment. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StoredTax(
            @Nullable String behavior,
            @Nullable String stripe,
            @Nullable String custom,
            @Nullable String code) {

        public static @Nullable StoredTax of(@Nullable TaxConfig config) {
            return config == null
                    ? null
                    : new StoredTax(
                            config.behavior(), config.stripeCode(), config.customInvoicingCode(), config.taxCodeId());
        }

        public TaxConfig toConfig() {
            return new TaxConfig(behavior, stripe, custom, code);
        }
    }

    public static String write(List<Phase> phases) {
        return DataJson.write(
                new StoredPhases(phases.stream().map(StoredPhase::of).toList()));
    }

    /** The phases that {@link #write} stored. */
    public static List<Phase> read(String json) {
        return DataJson.value(json, StoredPhases.class).phases().stream()
                .map(StoredPhase::toPhase)
                .toList();
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> present(@Nullable Map<String, String> metadata) {
        return Objects.requireNonNullElse(metadata, Map.of());
    }

    private static @Nullable String text(@Nullable CalendarDuration duration) {
        return duration == null ? null : duration.text();
    }

    private static @Nullable CalendarDuration parsed(@Nullable String text) {
        return text == null ? null : CalendarDuration.parse("duration", text);
    }
}

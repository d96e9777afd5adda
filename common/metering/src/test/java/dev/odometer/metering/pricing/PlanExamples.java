package dev.odometer.metering.pricing;

import dev.odometer.metering.resource.Lifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sample plans. */
public final class PlanExamples {

    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");

    private PlanExamples() {}

    /** A draft with one phase that sells seats for a flat fee. */
    public static Plan draft(String id, String key) {
        return draft(
                id,
                key,
                monthly(phase(
                        "main",
                        null,
                        card("seats", "P1M", new Pricing(flat("49.99"), Commitment.NONE, Discounts.NONE)))));
    }

    public static Plan draft(String id, String key, PlanTerms terms) {
        return new Plan(id, label(key), 1, terms, null, Lifecycle.created(NOW));
    }

    public static PlanTerms monthly(Phase... phases) {
        return new PlanTerms(
                Currency.getInstance("USD"), duration("P1M"), true, PlanTerms.DEFAULT_SETTLEMENT, List.of(phases));
    }

    public static Label label(String key) {
        return new Label(key, "Name of " + key, null, Map.of());
    }

    public static Phase phase(String key, @Nullable String duration, RateCard... cards) {
        return new Phase(label(key), duration == null ? null : duration(duration), List.of(cards));
    }

    /** A usage-based rate card with the key of its feature. */
    public static RateCard card(String key, String cadence, Pricing pricing) {
        return new RateCard(
                RateCard.Kind.USAGE_BASED,
                label(key),
                duration(cadence),
                pricing,
                key,
                null,
                null,
                pricing.discounts());
    }

    public static Price flat(String amount) {
        return new Price.Flat(new BigDecimal(amount), PaymentTerm.IN_ADVANCE);
    }

    public static CalendarDuration duration(String text) {
        return CalendarDuration.parse("duration", text);
    }

    /** Terms with each type of price, template, tax treatment and discount. */
    public static PlanTerms everything() {
        var tiers = List.of(
                new Tier(number("100"), number("5"), number("0.1")),
                new Tier(number("1000.5"), null, number("0.00000000000000000001")),
                new Tier(null, number("0"), null));
        var commitment = new Commitment(number("10"), number("99999999999999999999.99"));
        var discounts = new Discounts(number("12.5"), number("1000000"));
        Phase trial = phase(
                "trial",
                "P1DT12H",
                with(
                        card("graduated", "P1M", new Pricing(new Price.Graduated(tiers), commitment, discounts)),
                        new EntitlementTemplate.Metered(
                                true, number("0.25"), 255, true, duration("P2W"), Map.of("a", "ü\"\\"))),
                with(
                        card("volume", "P1Y", Pricing.of(new Price.Volume(tiers))),
                        new EntitlementTemplate.Metered(false, null, null, false, null, Map.of())),
                with(
                        card("package", "P1M", Pricing.of(new Price.PerPackage(number("7"), number("1000")))),
                        new EntitlementTemplate.Static("{\"a\": [1, \"\\u0000\"]}", Map.of())));
        Phase main = new Phase(
                new Label("main", "Main", "With a description", Map.of("b", "c")),
                null,
                List.of(
                        with(
                                card("unit", "P1M", Pricing.of(new Price.PerUnit(number("0.000125")))),
                                new EntitlementTemplate.BooleanAccess(Map.of("d", "e"))),
                        card("dynamic", "P1M", Pricing.of(new Price.Dynamic(number("1.2")))),
                        setup(new TaxConfig("exclusive", "txcd_12345678", "custom", "id")),
                        setup(null)));
        return new PlanTerms(Currency.getInstance("KWD"), duration("P4W"), false, "credit_only", List.of(trial, main));
    }

    private static RateCard with(RateCard card, EntitlementTemplate template) {
        return new RateCard(
                card.kind(),
                card.label(),
                card.billingCadence(),
                card.pricing(),
                card.featureKey(),
                template,
                card.taxConfig(),
                card.discounts());
    }

    /** Charged once, or free without a tax treatment. */
    private static RateCard setup(@Nullable TaxConfig tax) {
        return new RateCard(
                RateCard.Kind.FLAT_FEE,
                label(tax == null ? "free" : "setup"),
                null,
                tax == null ? null : Pricing.of(new Price.Flat(number("1500"), PaymentTerm.IN_ARREARS)),
                null,
                null,
                tax,
                Discounts.NONE);
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}

package dev.odometer.api.functions.pricing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Items;
import dev.odometer.api.functions.input.Numeric;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Tier;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A price in requests. Which fields it has depends on the type; a field of another type is refused. Amounts are strings
 * of decimals.
 *
 * @param type flat, unit, tiered, package or dynamic
 * @param amount of flat, unit and package
 * @param paymentTerm of flat: in_advance or in_arrears; in_advance when absent
 * @param mode of tiered: graduated or volume
 * @param quantityPerPackage of package
 * @param multiplier of dynamic; 1 when absent
 * @param minimumAmount of all but flat
 * @param maximumAmount of all but flat
 */
public record PriceDraft(
        @Required @Nullable String type,
        @Nullable String amount,
        @Nullable String paymentTerm,
        @Nullable String mode,
        @Nullable List<@Nullable TierDraft> tiers,
        @Nullable String quantityPerPackage,
        @Nullable String multiplier,
        @Nullable String minimumAmount,
        @Nullable String maximumAmount) {

    private static final int MAX_TIERS = 1000;
    private static final Set<String> COMMITMENT = Set.of("minimumAmount", "maximumAmount");
    private static final Map<String, PaymentTerm> TERMS =
            Map.of("in_advance", PaymentTerm.IN_ADVANCE, "in_arrears", PaymentTerm.IN_ARREARS);
    private static final Map<String, Function<List<Tier>, Price>> MODES =
            Map.of("graduated", Price.Graduated::new, "volume", Price.Volume::new);
    private static final Map<String, Kind> KINDS = Map.of(
            "flat", new Kind(Set.of("amount", "paymentTerm"), PriceDraft::flat),
            "unit", Kind.byUsage(Set.of("amount"), PriceDraft::perUnit),
            "tiered", Kind.byUsage(Set.of("mode", "tiers"), PriceDraft::tiered),
            "package", Kind.byUsage(Set.of("amount", "quantityPerPackage"), PriceDraft::perPackage),
            "dynamic", Kind.byUsage(Set.of("multiplier"), PriceDraft::dynamic));

    /** A type of price, with the fields that it has. */
    private record Kind(Set<String> fields, Function<PriceDraft, Price> price) {

        static Kind byUsage(Set<String> fields, Function<PriceDraft, Price> price) {
            var all = new HashSet<>(fields);
            all.addAll(COMMITMENT);
            return new Kind(all, price);
        }
    }

    /**
     * A component of a tier.
     *
     * @param type flat or unit
     */
    public record Component(
            @Required @Nullable String type,
            @Required @Nullable String amount) {}

    /**
     * A tier.
     *
     * @param upToAmount the inclusive upper bound; absent for the open tier
     * @param flatPrice null for none
     * @param unitPrice null for none
     */
    @SuppressWarnings("NullableOptional") // null is absent, empty is a JSON null
    public record TierDraft(
            @Nullable Optional<String> upToAmount,
            @Nullable Component flatPrice,
            @Nullable Component unitPrice) {

        private Tier toTier() {
            String upTo = upToAmount == null ? null : upToAmount.orElse(null);
            return new Tier(
                    Numeric.nullable("upToAmount", upTo),
                    amount("flatPrice", flatPrice, "flat"),
                    amount("unitPrice", unitPrice, "unit"));
        }

        private static @Nullable BigDecimal amount(String field, @Nullable Component component, String type) {
            if (component == null) {
                return null;
            }
            Bounds.choice(field + ".type", Bounds.required(field + ".type", component.type), Map.of(type, type));
            return Numeric.required(field + ".amount", component.amount);
        }
    }

    /** @throws Refusal when a field is missing, invalid or belongs to another type of price */
    public Price toPrice() {
        Kind kind = Bounds.choice("price.type", Bounds.required("price.type", type), KINDS);
        refuseOthers(kind.fields);
        return kind.price.apply(this);
    }

    public Commitment toCommitment() {
        return new Commitment(
                Numeric.nullable("price.minimumAmount", minimumAmount),
                Numeric.nullable("price.maximumAmount", maximumAmount));
    }

    private void refuseOthers(Set<String> allowed) {
        var given = new LinkedHashMap<String, @Nullable Object>();
        given.put("amount", amount);
        given.put("paymentTerm", paymentTerm);
        given.put("mode", mode);
        given.put("tiers", tiers);
        given.put("quantityPerPackage", quantityPerPackage);
        given.put("multiplier", multiplier);
        given.put("minimumAmount", minimumAmount);
        given.put("maximumAmount", maximumAmount);
        given.forEach((field, value) -> {
            if (value != null && !allowed.contains(field)) {
                throw Refusal.invalid("price." + field + " is not allowed with price.type " + type);
            }
        });
    }

    private Price flat() {
        String term = Objects.requireNonNullElse(paymentTerm, "in_advance");
        return new Price.Flat(requiredAmount(), Bounds.choice("price.paymentTerm", term, TERMS));
    }

    private Price perUnit() {
        return new Price.PerUnit(requiredAmount());
    }

    private Price perPackage() {
        return new Price.PerPackage(requiredAmount(), Numeric.required("price.quantityPerPackage", quantityPerPackage));
    }

    private Price dynamic() {
        return new Price.Dynamic(Numeric.parse("price.multiplier", Objects.requireNonNullElse(multiplier, "1")));
    }

    private BigDecimal requiredAmount() {
        return Numeric.required("price.amount", amount);
    }

    private Price tiered() {
        Function<List<Tier>, Price> price = Bounds.choice("price.mode", Bounds.required("price.mode", mode), MODES);
        return price.apply(Items.atMost("price.tiers", tiers, MAX_TIERS, TierDraft::toTier));
    }
}

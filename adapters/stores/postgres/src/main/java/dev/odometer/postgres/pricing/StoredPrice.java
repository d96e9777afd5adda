package dev.odometer.postgres.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.Tier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored JSON form of a price with its commitment.
 *
 * @param amount of flat, unit and package; the multiplier of dynamic
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredPrice(
        String type,
        @Nullable BigDecimal amount,
        @Nullable String term,
        @Nullable BigDecimal size,
        @Nullable List<StoredTier> tiers,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum) {

    /** A tier. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StoredTier(
            @Nullable BigDecimal upTo,
            @Nullable BigDecimal flat,
            @Nullable BigDecimal unit) {

        static StoredTier of(Tier tier) {
            return new StoredTier(tier.upTo(), tier.flat(), tier.unit());
        }

        Tier toTier() {
            return new Tier(upTo, flat, unit);
        }
    }

    public static StoredPrice of(Pricing pricing) {
        Price price = pricing.price();
        Commitment commitment = pricing.commitment();
        StoredPrice bare = bare(price);
        return new StoredPrice(
                bare.type, bare.amount, bare.term, bare.size, bare.tiers, commitment.minimum(), commitment.maximum());
    }

    private static StoredPrice bare(Price price) {
        if (price instanceof Price.Flat flat) {
            return new StoredPrice("flat", flat.amount(), StoredPhases.lower(flat.term()), null, null, null, null);
        }
        if (price instanceof Price.PerUnit unit) {
            return new StoredPrice("unit", unit.amount(), null, null, null, null, null);
        }
        if (price instanceof Price.PerPackage packages) {
            return new StoredPrice("package", packages.amount(), null, packages.size(), null, null, null);
        }
        if (price instanceof Price.Dynamic dynamic) {
            return new StoredPrice("dynamic", dynamic.multiplier(), null, null, null, null, null);
        }
        return price instanceof Price.Volume volume
                ? tiered("volume", volume.tiers())
                : tiered("graduated", ((Price.Graduated) price).tiers());
    }

    private static StoredPrice tiered(String type, List<Tier> tiers) {
        return new StoredPrice(
                type, null, null, null, tiers.stream().map(StoredTier::of).toList(), null, null);
    }

    public Price toPrice() {
        return switch (type) {
            case "flat" ->
                new Price.Flat(
                        present(amount), PaymentTerm.valueOf(present(term).toUpperCase(Locale.ROOT)));
            case "unit" -> new Price.PerUnit(present(amount));
            case "package" -> new Price.PerPackage(present(amount), present(size));
            case "dynamic" -> new Price.Dynamic(present(amount));
            case "graduated" -> new Price.Graduated(toTiers());
            case "volume" -> new Price.Volume(toTiers());
            default -> throw new IllegalStateException("unknown type of price: " + type);
        };
    }

    public Commitment toCommitment() {
        return new Commitment(minimum, maximum);
    }

    private List<Tier> toTiers() {
        return present(tiers).stream().map(StoredTier::toTier).toList();
    }

    private static <T> T present(@Nullable T stored) {
        return Objects.requireNonNull(stored, "a stored price lacks a value");
    }
}

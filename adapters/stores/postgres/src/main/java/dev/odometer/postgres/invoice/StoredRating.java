package dev.odometer.postgres.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.Charge;
import dev.odometer.metering.pricing.RatedCharge;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.UsageSplit;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored JSON form of rated usage.
 *
 * @param billable absent if it equals {@code metered}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredRating(StoredSplit metered, @Nullable StoredSplit billable, List<StoredCharge> charges) {

    /** The usage of a part of a period. */
    record StoredSplit(BigDecimal before, BigDecimal quantity, boolean first, boolean last) {

        static StoredSplit of(UsageSplit split) {
            return new StoredSplit(split.before(), split.quantity(), split.first(), split.last());
        }

        UsageSplit toSplit() {
            return new UsageSplit(before, quantity, first, last);
        }
    }

    /**
     * A charge.
     *
     * @param percentageDiscount absent if there is none
     * @param maximumDiscount absent if there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredCharge(
            String kind,
            int tier,
            BigDecimal unitPrice,
            BigDecimal quantity,
            BigDecimal amount,
            @Nullable BigDecimal percentageDiscount,
            @Nullable BigDecimal maximumDiscount) {

        static StoredCharge of(RatedCharge rated) {
            Charge charge = rated.charge();
            return new StoredCharge(
                    StoredTerms.lower(charge.kind()),
                    charge.tier(),
                    charge.unitPrice(),
                    charge.quantity(),
                    rated.amount().amount(),
                    discount(rated.percentageDiscount()),
                    discount(rated.maximumDiscount()));
        }

        private static @Nullable BigDecimal discount(Money discount) {
            return discount.isZero() ? null : discount.amount();
        }

        RatedCharge toCharge(Currency currency) {
            return new RatedCharge(
                    new Charge(Charge.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), tier, unitPrice, quantity),
                    new Money(amount, currency),
                    money(percentageDiscount, currency),
                    money(maximumDiscount, currency));
        }

        private static Money money(@Nullable BigDecimal amount, Currency currency) {
            return new Money(Objects.requireNonNullElse(amount, BigDecimal.ZERO), currency);
        }
    }

    static StoredRating of(RatedLine line) {
        return new StoredRating(
                StoredSplit.of(line.metered()),
                line.billable().equals(line.metered()) ? null : StoredSplit.of(line.billable()),
                line.charges().stream().map(StoredCharge::of).toList());
    }

    RatedLine toLine(Currency currency) {
        UsageSplit split = metered.toSplit();
        return new RatedLine(
                split,
                billable == null ? split : billable.toSplit(),
                currency,
                charges.stream().map(charge -> charge.toCharge(currency)).toList());
    }
}

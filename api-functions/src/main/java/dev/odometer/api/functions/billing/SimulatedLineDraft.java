package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.billing.LineDraft.Card;
import dev.odometer.api.functions.billing.LineDraft.Period;
import dev.odometer.api.functions.billing.LineDraft.Priced;
import dev.odometer.api.functions.input.Numeric;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.TaxConfigDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.UsageSplit;
import dev.odometer.metering.resource.Ulid;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of a simulated invoice in requests; see {@link LineDraft}.
 *
 * @param id a ULID; a new one when absent
 * @param quantity a string of a decimal
 * @param preLinePeriodQuantity the units of the period before this line, a string of a decimal; 0 when absent
 */
public record SimulatedLineDraft(
        @Nullable String id,
        @Required @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Required @Nullable Period period,
        @Required @Nullable Instant invoiceAt,
        @Required @Nullable String quantity,
        @Nullable String preLinePeriodQuantity,
        @Nullable PriceDraft price,
        @Nullable Card rateCard,
        @Nullable String featureKey,
        @Nullable TaxConfigDraft taxConfig) {

    /** A line that is not rated yet. */
    record Unrated(@Nullable String id, Priced line, UsageSplit usage) {}

    /** @throws Refusal when a field is missing or invalid; the sentence begins with the field */
    Unrated toLine() {
        if (id != null && !Ulid.looksLike(id)) {
            throw Refusal.invalid("id must be a ULID: " + Refusal.quote(id));
        }
        Priced line = new LineDraft(
                        name, description, metadata, period, invoiceAt, price, rateCard, featureKey, taxConfig)
                .toLine();
        BigDecimal before =
                Numeric.parse("preLinePeriodQuantity", Objects.requireNonNullElse(preLinePeriodQuantity, "0"));
        var usage = new UsageSplit(before, Numeric.required("quantity", quantity), before.signum() == 0, true);
        return new Unrated(id, line, usage);
    }
}

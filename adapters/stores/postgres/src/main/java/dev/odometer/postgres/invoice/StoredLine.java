package dev.odometer.postgres.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.invoice.BillableItem.Source;
import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.DetailedLine.AmountDiscount;
import dev.odometer.metering.invoice.Evidence;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceLine.Origin;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.RatedCharge;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.postgres.invoice.StoredItem.StoredWindow;
import dev.odometer.postgres.invoice.StoredRating.StoredCharge;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Micros;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stored JSON form of a line. Its names are part of the schema.
 *
 * @param service absent if the line bills the whole service period
 * @param owed absent if it equals {@code rated}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredLine(
        StoredItem item,
        StoredRating rated,
        @Nullable List<StoredDetail> details,
        @Nullable String usageDiscountId,
        @Nullable StoredSource source,
        @Nullable StoredWindow service,
        @Nullable StoredRating owed,
        @Nullable StoredEvidence evidence,
        @Nullable String corrects,
        @Nullable Long deletedAt) {

    /**
     * A detail.
     *
     * @param charge absent if it is the charge at this position of the rated usage
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredDetail(
            String id,
            @Nullable StoredCharge charge,
            @Nullable List<StoredDiscount> discounts) {

        static StoredDetail of(DetailedLine detail, @Nullable RatedCharge atPosition) {
            return new StoredDetail(
                    detail.id(),
                    detail.charge().equals(atPosition) ? null : StoredCharge.of(detail.charge()),
                    detail.discounts().stream().map(StoredDiscount::of).toList());
        }

        DetailedLine toDetail(@Nullable RatedCharge atPosition, Currency currency) {
            return new DetailedLine(
                    id,
                    charge == null ? Objects.requireNonNull(atPosition) : charge.toCharge(currency),
                    present(discounts).stream()
                            .map(discount -> discount.toDiscount(currency))
                            .toList());
        }
    }

    /** A discount of a detail. */
    record StoredDiscount(String id, String reason, BigDecimal amount) {

        static StoredDiscount of(AmountDiscount discount) {
            return new StoredDiscount(
                    discount.id(),
                    StoredTerms.lower(discount.reason()),
                    discount.amount().amount());
        }

        AmountDiscount toDiscount(Currency currency) {
            return new AmountDiscount(
                    id, DetailedLine.Reason.valueOf(reason.toUpperCase(Locale.ROOT)), new Money(amount, currency));
        }
    }

    /** An item of a subscription. */
    record StoredSource(String subscription, String phase, String item, StoredWindow billingPeriod) {}

    /** Where a quantity comes from. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredEvidence(
            String meter,
            String slug,
            @Nullable Map<String, TextFilter> filters,
            List<String> subjects,
            StoredWindow range,
            BigDecimal quantity,
            long readAt) {

        static @Nullable StoredEvidence of(@Nullable Evidence evidence) {
            return evidence == null
                    ? null
                    : new StoredEvidence(
                            evidence.measure().meterId(),
                            evidence.measure().meterSlug(),
                            evidence.measure().filters(),
                            evidence.subjects(),
                            StoredWindow.of(evidence.range()),
                            evidence.quantity(),
                            Micros.of(evidence.readAt()));
        }

        Evidence toEvidence() {
            return new Evidence(
                    new Measure(meter, slug, Objects.requireNonNullElse(filters, Map.of())),
                    present(subjects),
                    range.toWindow(),
                    quantity,
                    Micros.toInstant(readAt));
        }
    }

    static String write(InvoiceLine line) {
        Origin origin = line.stored();
        return DataJson.write(new StoredLine(
                StoredItem.of(line.wording(), line.item()),
                StoredRating.of(line.rated()),
                details(line),
                line.usageDiscountId(),
                source(origin.source()),
                origin.service().equals(line.item().period()) ? null : StoredWindow.of(origin.service()),
                origin.owed().equals(line.rated()) ? null : StoredRating.of(origin.owed()),
                StoredEvidence.of(origin.evidence()),
                origin.corrects(),
                Micros.ofNullable(origin.deletedAt())));
    }

    private static List<StoredDetail> details(InvoiceLine line) {
        var details = new ArrayList<StoredDetail>();
        for (DetailedLine detail : line.details()) {
            details.add(StoredDetail.of(detail, at(line.rated(), details.size())));
        }
        return details;
    }

    private static @Nullable RatedCharge at(RatedLine rated, int position) {
        return position < rated.charges().size() ? rated.charges().get(position) : null;
    }

    private static @Nullable StoredSource source(@Nullable Source source) {
        return source == null
                ? null
                : new StoredSource(
                        source.subscriptionId(),
                        source.phaseId(),
                        source.itemId(),
                        StoredWindow.of(source.billingPeriod()));
    }

    /** The columns of a line besides its JSON. */
    record Columns(String id, String key, int revision, Currency currency) {}

    /** The line that {@link #write} stored. */
    static InvoiceLine read(String json, Columns columns) {
        return DataJson.value(json, StoredLine.class).toLine(columns);
    }

    private InvoiceLine toLine(Columns columns) {
        RatedLine charged = rated.toLine(columns.currency);
        var all = new ArrayList<DetailedLine>();
        for (StoredDetail detail : present(details)) {
            all.add(detail.toDetail(at(charged, all.size()), columns.currency));
        }
        return new InvoiceLine(
                columns.id,
                item.toWording(),
                item.toItem(),
                charged,
                all,
                usageDiscountId,
                new Origin(
                        columns.key,
                        columns.revision,
                        source == null
                                ? null
                                : new Source(
                                        source.subscription,
                                        source.phase,
                                        source.item,
                                        source.billingPeriod.toWindow()),
                        (service == null ? item.period() : service).toWindow(),
                        owed == null ? charged : owed.toLine(columns.currency),
                        evidence == null ? null : evidence.toEvidence(),
                        corrects,
                        deletedAt == null ? null : Micros.toInstant(deletedAt)));
    }

    private static <T> List<T> present(@Nullable List<T> stored) {
        return stored == null ? List.of() : stored;
    }
}

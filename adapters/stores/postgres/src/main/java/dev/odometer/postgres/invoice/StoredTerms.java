package dev.odometer.postgres.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.BillableItem.EndProration;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.postgres.jdbc.Micros;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The stored JSON forms of the values that an invoice copies from a billing profile. Their names are part of the
 * schema.
 */
record StoredTerms(String profile, StoredWorkflow workflow, StoredTaxRate tax) {

    static StoredTerms of(Invoice.Terms terms) {
        return new StoredTerms(terms.profileId(), StoredWorkflow.of(terms.workflow()), StoredTaxRate.of(terms.tax()));
    }

    Invoice.Terms toTerms() {
        return new Invoice.Terms(profile, workflow.toWorkflow(), tax.toRate());
    }

    /** A seller. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredSupplier(
            @Nullable String key,
            String name,
            @Nullable String taxId,
            @Nullable Address address) {

        static StoredSupplier of(Supplier supplier) {
            return new StoredSupplier(supplier.key(), supplier.name(), supplier.taxId(), supplier.address());
        }

        Supplier toSupplier() {
            return new Supplier(key, name, taxId, address);
        }
    }

    /** A tax rate. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredTaxRate(
            String category, BigDecimal percent, @Nullable String exemptionReason) {

        static StoredTaxRate of(TaxRate rate) {
            return new StoredTaxRate(rate.category().wireName(), rate.percent(), rate.exemptionReason());
        }

        TaxRate toRate() {
            return new TaxRate(TaxRate.Category.valueOf(category.toUpperCase(Locale.ROOT)), percent, exemptionReason);
        }
    }

    /**
     * A workflow.
     *
     * @param anchor absent if items are billed as soon as they are due
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoredWorkflow(
            @Nullable StoredAnchor anchor,
            String collectionInterval,
            boolean autoAdvance,
            String draftPeriod,
            String dueAfter,
            boolean progressive,
            String endProration,
            String collectionMethod) {

        /** Recurring times. */
        record StoredAnchor(String interval, long at) {}

        static StoredWorkflow of(Workflow workflow) {
            Workflow.Anchored anchored = workflow.anchored();
            return new StoredWorkflow(
                    anchored == null
                            ? null
                            : new StoredAnchor(anchored.interval().text(), Micros.of(anchored.anchor())),
                    workflow.collectionInterval().text(),
                    workflow.autoAdvance(),
                    workflow.draftPeriod().text(),
                    workflow.dueAfter().text(),
                    workflow.progressiveBilling(),
                    lower(workflow.endProration()),
                    lower(workflow.collectionMethod()));
        }

        Workflow toWorkflow() {
            return new Workflow(
                    anchor == null
                            ? null
                            : new Workflow.Anchored(duration(anchor.interval), Micros.toInstant(anchor.at)),
                    duration(collectionInterval),
                    autoAdvance,
                    duration(draftPeriod),
                    duration(dueAfter),
                    progressive,
                    EndProration.valueOf(endProration.toUpperCase(Locale.ROOT)),
                    Workflow.CollectionMethod.valueOf(collectionMethod.toUpperCase(Locale.ROOT)));
        }

        private static CalendarDuration duration(String text) {
            return CalendarDuration.orZero("duration", text);
        }
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

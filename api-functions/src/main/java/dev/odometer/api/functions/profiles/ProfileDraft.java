package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.resource.Lifecycle;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields that a request sets on a billing profile. */
record ProfileDraft(
        @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Nullable Boolean isDefault,
        @Nullable PartyDraft supplier,
        @Nullable WorkflowDraft workflow,
        @Nullable TaxRateDraft tax) {

    /** @throws dev.odometer.functions.refusal.Refusal when a field is missing or invalid */
    BillingProfile toProfile(String id, Lifecycle lifecycle) {
        return new BillingProfile(
                id,
                Bounds.required("name", name),
                description,
                Objects.requireNonNullElse(metadata, Map.of()),
                Boolean.TRUE.equals(isDefault),
                Bounds.required("supplier", supplier).toSupplier(),
                Bounds.required("workflow", workflow).toWorkflow(),
                tax == null ? TaxRate.NONE : tax.toTaxRate(),
                lifecycle);
    }
}

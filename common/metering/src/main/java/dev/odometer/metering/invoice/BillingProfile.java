package dev.odometer.metering.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import dev.odometer.metering.resource.Text;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The supplier, the workflow and the tax rate of invoices. The default profile applies to a customer unless an override
 * assigns another one.
 *
 * @param isDefault exactly one live profile is the default
 * @param tax applies to customers whose override has no rate
 * @param lifecycle a deleted profile is archived: invoices still show it
 */
public record BillingProfile(
        String id,
        String name,
        @Nullable String description,
        Map<String, String> metadata,
        boolean isDefault,
        Supplier supplier,
        Workflow workflow,
        TaxRate tax,
        Lifecycle lifecycle)
        implements Resource {

    /** The id of the profile that exists from the start. */
    public static final String INITIAL_ID = "00000000000000000000000001";

    /** The id of the only app, which issues invoices without a payment provider. */
    public static final String SANDBOX_APP_ID = "00000000000000000000000002";

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_DESCRIPTION_LENGTH = 1024;

    /** @throws Refusal when a field is invalid */
    public BillingProfile {
        Text.checked("name", name, MAX_NAME_LENGTH);
        if (description != null) {
            Text.bounded("description", description, MAX_DESCRIPTION_LENGTH);
        }
        metadata = Metadata.checked(metadata);
    }

    /** The profile that exists from the start. */
    public static BillingProfile initial(Instant at) {
        return new BillingProfile(
                INITIAL_ID,
                "Default",
                null,
                Map.of(),
                true,
                new Supplier(null, "Odometer", null, null),
                Workflow.DEFAULT,
                TaxRate.NONE,
                Lifecycle.created(at));
    }

    /**
     * @throws Refusal INVALID with the code {@code default_profile_cannot_be_deleted} when it is the default profile
     */
    public BillingProfile deleted(Instant at) {
        if (isDefault) {
            throw refusal("default_profile_cannot_be_deleted", "the default profile cannot be deleted: " + id);
        }
        return with(false, lifecycle.deleted(at));
    }

    /** The profile when another one becomes the default. */
    public BillingProfile withoutDefault(Instant at) {
        return with(false, lifecycle.changed(at));
    }

    /**
     * The profile with the fields of another one.
     *
     * @throws Refusal INVALID with the code {@code default_profile_cannot_be_unset} when it is the default profile and
     *     the other one is not
     */
    public BillingProfile replacedBy(BillingProfile other, Instant at) {
        if (isDefault && !other.isDefault) {
            throw refusal(
                    "default_profile_cannot_be_unset",
                    "the default profile cannot be unset; make another profile the default instead: " + id);
        }
        return new BillingProfile(
                id,
                other.name,
                other.description,
                other.metadata,
                other.isDefault,
                other.supplier,
                other.workflow,
                other.tax,
                lifecycle.changed(at));
    }

    private BillingProfile with(boolean becomesDefault, Lifecycle times) {
        return new BillingProfile(id, name, description, metadata, becomesDefault, supplier, workflow, tax, times);
    }

    /** The refusal to delete a profile that an override assigns to a customer. */
    public static Refusal referenced(String id, String customerId) {
        return refusal(
                "profile_referenced",
                "the billing profile is assigned by an override: " + id + ", customer " + customerId);
    }

    /** The refusal of an override with a profile that does not exist. */
    public static Refusal unknown(String id) {
        String detail = "billing profile not found: " + Refusal.quote(id);
        return Refusal.invalid(detail, List.of(new Refusal.Violation("billingProfileId", "profile_not_found", detail)));
    }

    /** INVALID with a code as in OpenMeter's API. */
    public static Refusal refusal(String code, String detail) {
        return Refusal.invalid(detail, List.of(new Refusal.Violation("$", code, detail)));
    }
}

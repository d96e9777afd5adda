package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.functions.text.TimeZones;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.views.BillingAddress;
import dev.odometer.views.TaxId;
import dev.odometer.views.UsageAttribution;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A customer in requests; see {@link Customer} for the fields. */
public record CustomerDraft(
        @Nullable String key,
        @Required @Nullable String name,
        @Nullable String description,
        @Nullable UsageAttribution usageAttribution,
        @Nullable String currency,
        @Nullable String primaryEmail,
        @Nullable BillingAddress billingAddress,
        @Nullable TaxId taxId,
        @Nullable String timeZone,
        @Nullable Map<String, String> metadata) {

    /** @throws Refusal when the name is missing or a field breaks a rule */
    Customer toCustomer(String id, Lifecycle lifecycle) {
        if (name == null) {
            throw Refusal.invalid("name is required");
        }
        return new Customer(
                id,
                key,
                name,
                description,
                subjectKeys(),
                currency,
                primaryEmail,
                billingAddress == null ? null : billingAddress.toAddress(),
                taxId == null ? null : Bounds.required("taxId.code", taxId.code()),
                timeZone == null ? null : zone(timeZone),
                Objects.requireNonNullElse(metadata, Map.of()),
                lifecycle);
    }

    private static ZoneId zone(String name) {
        return TimeZones.named(name)
                .orElseThrow(() -> Refusal.invalid("timeZone is not an IANA time zone: " + Refusal.quote(name)));
    }

    private List<String> subjectKeys() {
        List<String> keys = usageAttribution == null ? null : usageAttribution.subjectKeys();
        return keys == null ? List.of() : keys;
    }
}

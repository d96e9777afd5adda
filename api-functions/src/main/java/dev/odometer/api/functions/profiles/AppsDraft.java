package dev.odometer.api.functions.profiles;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.BillingProfile;
import org.jspecify.annotations.Nullable;

/** The ids of the apps of a billing profile in requests. There is one app, which has all three roles. */
public record AppsDraft(
        @Nullable String tax,
        @Nullable String invoicing,
        @Nullable String payment) {

    /** @throws Refusal when an app does not exist */
    void check() {
        check("apps.tax", tax);
        check("apps.invoicing", invoicing);
        check("apps.payment", payment);
    }

    private static void check(String field, @Nullable String id) {
        if (id != null && !id.equals(BillingProfile.SANDBOX_APP_ID)) {
            throw Refusal.invalid(field + " must be the id of an app: " + Refusal.quote(id) + "; the only one is "
                    + BillingProfile.SANDBOX_APP_ID);
        }
    }
}

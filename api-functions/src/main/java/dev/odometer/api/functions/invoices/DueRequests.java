package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.profiles.CustomerProfiles;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.BillingSettings;
import dev.odometer.metering.invoice.Settlement;
import dev.odometer.metering.resource.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates settlement requests from the parameters of a client. */
final class DueRequests {

    private final CustomerProfiles profiles;
    private final BillingSettings settings;
    private final Clock clock;

    DueRequests(CustomerProfiles profiles, BillingSettings settings, Clock clock) {
        this.profiles = profiles;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The request.
     *
     * @param asOf now when absent
     * @param isProgressive as in the customer's billing profile when absent
     * @throws Refusal when the time is in the future
     */
    Settlement.Request of(
            String customerId, @Nullable Instant asOf, @Nullable Boolean isProgressive, Set<String> keys) {
        Instant now = clock.instant();
        Instant at = asOf == null ? now : Timestamp.checked("asOf", asOf);
        if (at.isAfter(now)) {
            throw Refusal.invalid("asOf must not be in the future: " + at);
        }
        boolean splits = Objects.requireNonNullElseGet(
                isProgressive,
                () -> profiles.of(customerId).profile().workflow().progressiveBilling());
        return new Settlement.Request(now, at, splits, keys, settings.horizon());
    }
}

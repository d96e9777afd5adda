package dev.odometer.api.functions.profiles;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.resource.Ulid;
import java.util.Optional;

/** Finds billing profiles by id; a missing profile is a {@code Refusal}. */
final class ProfileLookup {

    private final BillingProfiles profiles;

    ProfileLookup(BillingProfiles profiles) {
        this.profiles = profiles;
    }

    /** A profile, even if it is deleted. */
    BillingProfile any(String id) {
        return Optional.of(id)
                .filter(Ulid::looksLike)
                .flatMap(profiles::find)
                .orElseThrow(() -> Refusal.notFound("billing profile not found: " + Refusal.quote(id)));
    }
}

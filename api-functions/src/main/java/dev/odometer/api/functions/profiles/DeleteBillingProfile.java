package dev.odometer.api.functions.profiles;

import dev.odometer.metering.invoice.BillingProfiles;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/** Archives a billing profile that is not the default and that no override assigns. Its invoices are kept. */
public final class DeleteBillingProfile implements Consumer<DeleteBillingProfile.Input> {

    private final BillingProfiles profiles;
    private final ProfileLookup lookup;
    private final Clock clock;

    DeleteBillingProfile(BillingProfiles profiles, Clock clock) {
        this.profiles = profiles;
        this.lookup = new ProfileLookup(profiles);
        this.clock = clock;
    }

    /** The profile. */
    public record Input(String id) {}

    @Override
    public void accept(Input input) {
        Instant now = clock.instant();
        profiles.change(lookup.any(input.id).id(), profile -> profile.deleted(now));
    }
}

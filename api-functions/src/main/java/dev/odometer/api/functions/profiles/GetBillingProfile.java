package dev.odometer.api.functions.profiles;

import dev.odometer.metering.invoice.BillingProfiles;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns a billing profile, even if it is deleted. */
public final class GetBillingProfile implements Function<GetBillingProfile.Input, ProfileView> {

    private final ProfileLookup lookup;

    GetBillingProfile(BillingProfiles profiles) {
        this.lookup = new ProfileLookup(profiles);
    }

    /**
     * The profile.
     *
     * @param expand apps: with all fields of the apps
     */
    public record Input(String id, @Nullable List<@Nullable String> expand) {}

    @Override
    public ProfileView apply(Input input) {
        return ProfileView.of(lookup.any(input.id), Expansion.APPS.isIn(input.expand));
    }
}

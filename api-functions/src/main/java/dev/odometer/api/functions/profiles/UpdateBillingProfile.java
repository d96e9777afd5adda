package dev.odometer.api.functions.profiles;

import dev.odometer.functions.route.Required;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces a billing profile, except its apps. Existing invoices keep the values that they copied from it. */
public final class UpdateBillingProfile implements Function<UpdateBillingProfile.Input, ProfileView> {

    private final BillingProfiles profiles;
    private final ProfileLookup lookup;
    private final Clock clock;

    UpdateBillingProfile(BillingProfiles profiles, Clock clock) {
        this.profiles = profiles;
        this.lookup = new ProfileLookup(profiles);
        this.clock = clock;
    }

    /**
     * The new content; see {@link CreateBillingProfile.Input}.
     *
     * @param id of a profile that is not deleted
     * @param default_ a default profile stays the default
     */
    public record Input(
            String id,
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata,
            @Required @Nullable PartyDraft supplier,
            @Required @Nullable WorkflowDraft workflow,
            @Nullable Boolean default_,
            @Nullable TaxRateDraft tax) {}

    @Override
    public ProfileView apply(Input input) {
        Instant now = clock.instant();
        String id = lookup.any(input.id).id();
        var draft = new ProfileDraft(
                input.name,
                input.description,
                input.metadata,
                input.default_,
                input.supplier,
                input.workflow,
                input.tax);
        BillingProfile other = draft.toProfile(id, Lifecycle.created(now));
        return ProfileView.of(profiles.change(id, before -> before.replacedBy(other, now)), false);
    }
}

package dev.odometer.api.functions.profiles;

import dev.odometer.functions.route.Required;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a billing profile. If it is the default, the former default profile loses this status. */
public final class CreateBillingProfile implements Function<CreateBillingProfile.Input, ProfileView> {

    private final BillingProfiles profiles;
    private final Supplier<String> ids;
    private final Clock clock;

    CreateBillingProfile(BillingProfiles profiles, Supplier<String> ids, Clock clock) {
        this.profiles = profiles;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The profile.
     *
     * @param apps the id of the sandbox app in all roles
     * @param default_ whether it applies to customers without an override; false when absent
     * @param tax applies to customers whose override has no rate; not_subject when absent
     */
    public record Input(
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata,
            @Required @Nullable PartyDraft supplier,
            @Required @Nullable WorkflowDraft workflow,
            @Nullable AppsDraft apps,
            @Nullable Boolean default_,
            @Nullable TaxRateDraft tax) {}

    @Override
    public ProfileView apply(Input input) {
        if (input.apps != null) {
            input.apps.check();
        }
        var draft = new ProfileDraft(
                input.name,
                input.description,
                input.metadata,
                input.default_,
                input.supplier,
                input.workflow,
                input.tax);
        BillingProfile profile = draft.toProfile(ids.get(), Lifecycle.created(clock.instant()));
        profiles.add(profile);
        return ProfileView.of(profile, false);
    }
}

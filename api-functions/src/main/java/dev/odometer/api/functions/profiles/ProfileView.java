package dev.odometer.api.functions.profiles;

import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.views.AppsView;
import dev.odometer.views.PartyView;
import dev.odometer.views.TaxRateView;
import dev.odometer.views.WorkflowView;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A billing profile in API responses; see {@link BillingProfile}. */
public record ProfileView(
        String id,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        PartyView supplier,
        WorkflowView workflow,
        AppsView apps,
        boolean default_,
        TaxRateView tax) {

    /** @param expandsApps whether the apps have all their fields */
    static ProfileView of(BillingProfile profile, boolean expandsApps) {
        return new ProfileView(
                profile.id(),
                profile.name(),
                profile.description(),
                profile.metadata().isEmpty() ? null : profile.metadata(),
                profile.createdAt(),
                profile.updatedAt(),
                profile.deletedAt(),
                PartyView.of(profile.supplier()),
                WorkflowView.of(profile.workflow()),
                AppsView.of(expandsApps),
                profile.isDefault(),
                TaxRateView.of(profile.tax()));
    }
}

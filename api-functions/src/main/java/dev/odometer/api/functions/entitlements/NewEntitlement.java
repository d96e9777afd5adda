package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.entitlements.CustomerResolver.Holder;
import dev.odometer.api.functions.entitlements.GrantDraft.Target;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A valid request for an entitlement whose customer is not known yet. */
record NewEntitlement(
        String id, Feature feature, Terms terms, Map<String, String> metadata, List<Grant> grants, Instant now) {

    /** Validates requests for new entitlements. */
    record Validation(FeatureLookup features, Supplier<Documents> json, Supplier<String> ids, Clock clock) {

        /** @throws Refusal when a field of the entitlement or of one of its grants is missing or invalid */
        NewEntitlement validated(CreateEntitlement.Input input) {
            Instant now = clock.instant();
            Terms terms = new EntitlementDraft(input, now, json).terms();
            Feature feature = feature(input);
            feature.checkMeasured(terms);
            String id = ids.get();
            return new NewEntitlement(
                    id,
                    feature,
                    terms,
                    Metadata.checked(Objects.requireNonNullElse(input.metadata(), Map.of())),
                    terms instanceof Terms.Metered metered
                            ? grants(input, new Target(id, metered, input.subjectIdOrKey() == null), now)
                            : List.of(),
                    now);
        }

        private Feature feature(CreateEntitlement.Input input) {
            if (input.featureId() == null && input.featureKey() == null) {
                throw Refusal.invalid("featureKey or featureId is required");
            }
            if (input.featureId() == null) {
                return features.live(String.valueOf(input.featureKey()));
            }
            Feature feature = features.live(input.featureId());
            if (input.featureKey() != null && !input.featureKey().equals(feature.key())) {
                throw Refusal.invalid("featureKey and featureId name different features: "
                        + Refusal.quote(input.featureKey()) + ", " + feature.id());
            }
            return feature;
        }

        private List<Grant> grants(CreateEntitlement.Input input, Target target, Instant now) {
            List<@Nullable GrantDraft> drafts = input.grants() == null ? List.of() : input.grants();
            if (drafts.size() > Entitlements.MAX_GRANTS) {
                throw Refusal.invalid(
                        "grants must have at most " + Entitlements.MAX_GRANTS + " items: " + drafts.size());
            }
            var grants = new ArrayList<Grant>();
            for (GrantDraft draft : drafts) {
                String place = "grants[" + grants.size() + "]";
                if (draft == null) {
                    throw Refusal.invalid(place + " must not be null");
                }
                try {
                    grants.add(draft.toGrant(ids.get(), target, now));
                } catch (Refusal refusal) {
                    throw refusal.at(place);
                }
            }
            return grants;
        }
    }

    Entitlement of(Holder holder) {
        return new Entitlement(
                id, holder.customer().id(), feature.id(), feature.key(), terms, metadata, Lifecycle.created(now));
    }
}

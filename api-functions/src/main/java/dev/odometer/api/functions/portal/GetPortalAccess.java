package dev.odometer.api.functions.portal;

import dev.odometer.api.functions.entitlements.QueryTime;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.portal.PortalToken;
import dev.odometer.metering.portal.PortalToken.Area;
import dev.odometer.views.EntitlementValue;
import dev.odometer.views.PeriodView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Returns the entitlement values of the customer that the token's subject belongs to. */
public final class GetPortalAccess implements Function<GetPortalAccess.Input, GetPortalAccess.Access> {

    private final TokenCheck check;
    private final Customers customers;
    private final Values values;

    GetPortalAccess(TokenCheck check, Customers customers, Values values) {
        this.check = check;
        this.customers = customers;
        this.values = values;
    }

    /**
     * The sources of the values.
     *
     * @param maximum the number of entitlements above which the request is refused
     */
    record Values(Entitlements entitlements, Features features, int maximum) {}

    /** @param authorization the {@code Authorization} header of the request */
    public record Input(@Nullable String authorization) {}

    /** @param entitlements ordered by feature key; empty when the subject belongs to no customer */
    public record Access(List<Value> entitlements) {}

    /**
     * The value of an entitlement. Only a metered one has the amounts and a period.
     *
     * @param featureName the key if the feature has no name
     * @param type metered, static or boolean
     * @param balance the remaining amount
     * @param usage in the current period
     * @param overage usage that no grant covers
     * @param totalAvailableGrantAmount the total of the period's allowance and grants, used or not
     */
    public record Value(
            String featureKey,
            String featureName,
            String type,
            boolean hasAccess,
            @Nullable Boolean isUnlimited,
            @Nullable BigDecimal balance,
            @Nullable BigDecimal usage,
            @Nullable BigDecimal overage,
            @Nullable BigDecimal totalAvailableGrantAmount,
            @Nullable PeriodView currentUsagePeriod) {

        private static Value of(EntitlementStatus status, @Nullable Feature feature) {
            EntitlementValue value = EntitlementValue.of(status);
            String key = status.entitlement().featureKey();
            Terms terms = status.entitlement().terms();
            return new Value(
                    key,
                    feature == null ? key : feature.name(),
                    terms.type(),
                    value.hasAccess(),
                    terms instanceof Terms.Metered metered ? metered.unlimited() : null,
                    value.balance(),
                    value.usage(),
                    value.overage(),
                    value.totalAvailableGrantAmount(),
                    status.period() == null ? null : PeriodView.of(status.period()));
        }
    }

    @Override
    public Access apply(Input input) {
        PortalToken token = check.authenticate(input.authorization, Area.ACCESS);
        List<EntitlementStatus> statuses = customers
                .idBySubject(token.subject())
                .flatMap(id -> values.entitlements.statuses(id, QueryTime.now(check.clock()), values.maximum))
                .orElse(List.of());
        Map<String, Feature> features =
                values
                        .features
                        .findByIds(statuses.stream()
                                .map(status -> status.entitlement().featureId())
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Feature::id, Function.identity()));
        return new Access(statuses.stream()
                .map(status ->
                        Value.of(status, features.get(status.entitlement().featureId())))
                .toList());
    }
}

package dev.odometer.api.functions.access;

import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Access checks with the remaining balance. */
@AutoConfiguration
public class AccessModule {

    @Bean
    Routes accessRoutes() {
        String value = "/entitlements/{entitlementIdOrFeatureKey}/value";
        return new Routes(List.of(
                Route.get("/api/v1/subjects/{subjectIdOrKey}" + value, "getEntitlementValue")
                        .query("time"),
                Route.get("/api/v2/customers/{customerIdOrKey}" + value, "getEntitlementValue")
                        .query("time"),
                Route.get("/api/v1/customers/{customerIdOrKey}" + value, "getEntitlementValue")
                        .query("time"),
                Route.get("/api/v1/customers/{customerIdOrKey}/access", "getCustomerAccess")));
    }

    @Bean
    GetEntitlementValue getEntitlementValue(
            Entitlements entitlements, Features features, CustomerResolver resolver, Clock clock) {
        return new GetEntitlementValue(entitlements, new FeatureLookup(features), resolver, clock);
    }

    @Bean
    GetCustomerAccess getCustomerAccess(Entitlements entitlements, Clock clock) {
        return new GetCustomerAccess(entitlements, clock);
    }
}

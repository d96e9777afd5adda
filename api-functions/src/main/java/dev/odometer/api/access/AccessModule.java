package dev.odometer.api.access;

import dev.odometer.api.entitlements.Holders;
import dev.odometer.api.features.KnownFeatures;
import dev.odometer.binding.Route;
import dev.odometer.binding.Routes;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.entitlement.Features;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Access checks: what a customer may use, and the balance that is left. */
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
            Entitlements entitlements, Features features, Holders holders, Clock clock) {
        return new GetEntitlementValue(entitlements, new KnownFeatures(features), holders, clock);
    }

    @Bean
    GetCustomerAccess getCustomerAccess(Entitlements entitlements, Clock clock) {
        return new GetCustomerAccess(entitlements, clock);
    }
}

package dev.odometer.api.functions.access;

import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.entitlement.Entitlements;
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
    GetEntitlementValue getEntitlementValue(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        return new GetEntitlementValue(entitlements, resolver, clock);
    }

    @Bean
    GetCustomerAccess getCustomerAccess(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        return new GetCustomerAccess(entitlements, resolver, clock);
    }
}

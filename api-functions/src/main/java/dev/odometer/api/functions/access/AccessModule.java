package dev.odometer.api.functions.access;

import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.entitlement.Entitlements;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Access checks with the remaining balance, and histories of balances. */
@AutoConfiguration
public class AccessModule {

    private static final String MAX = "odometer.access.max-entitlements";
    private static final int DEFAULT_MAX = 1000;
    private static final int LARGEST_MAX = 100_000;

    @Bean
    Routes accessRoutes() {
        String value = "/entitlements/{entitlementIdOrFeatureKey}/value";
        String history = "/entitlements/{entitlementIdOrFeatureKey}/history";
        return new Routes(List.of(
                Route.get("/api/v1/subjects/{subjectIdOrKey}" + value, "getEntitlementValue")
                        .query("time"),
                Route.get("/api/v2/customers/{customerIdOrKey}" + value, "getEntitlementValue")
                        .query("time"),
                Route.get("/api/v1/customers/{customerIdOrKey}" + value, "getEntitlementValue")
                        .query("time"),
                Route.get("/api/v1/customers/{customerIdOrKey}/access", "getCustomerAccess"),
                Route.get("/api/v1/subjects/{subjectIdOrKey}" + history, "getEntitlementHistory")
                        .query("from", "to", "windowSize", "windowTimeZone"),
                Route.get("/api/v2/customers/{customerIdOrKey}" + history, "getEntitlementHistory")
                        .query("from", "to", "windowSize", "windowTimeZone")));
    }

    @Bean
    GetEntitlementValue getEntitlementValue(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        return new GetEntitlementValue(entitlements, resolver, clock);
    }

    @Bean
    GetEntitlementHistory getEntitlementHistory(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        return new GetEntitlementHistory(entitlements, new EntitlementLookup(entitlements, resolver, clock), clock);
    }

    @Bean
    GetCustomerAccess getCustomerAccess(
            Entitlements entitlements, CustomerResolver resolver, Clock clock, Environment environment) {
        return new GetCustomerAccess(entitlements, resolver, clock, maximum(environment));
    }

    /** The number of entitlements of a customer above which an answer with all of them is refused. */
    public static int maximum(Environment environment) {
        return new Settings(environment::getProperty).number(MAX, DEFAULT_MAX, 1, LARGEST_MAX);
    }
}

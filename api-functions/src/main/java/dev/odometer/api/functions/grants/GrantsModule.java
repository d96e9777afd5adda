package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Grants on metered entitlements. */
@AutoConfiguration
public class GrantsModule {

    private static final String OF_SUBJECTS =
            "/api/v1/subjects/{subjectIdOrKey}/entitlements/{entitlementIdOrFeatureKey}";
    private static final String OF_CUSTOMERS =
            "/api/v2/customers/{customerIdOrKey}/entitlements/{entitlementIdOrFeatureKey}";

    @Bean
    Routes grantRoutes() {
        var rows = new ArrayList<Route>();
        for (String entitlement : List.of(OF_SUBJECTS, OF_CUSTOMERS)) {
            rows.add(Route.post(entitlement + "/grants", "createGrant")
                    .body(Body.FIELDS)
                    .answers(201));
        }
        rows.add(list(OF_SUBJECTS + "/grants", "listGrants"));
        rows.add(list(OF_CUSTOMERS + "/grants", "listGrantsV2"));
        rows.add(list("/api/v1/grants", "listGrants").queryList("feature", "subject", "customer"));
        rows.add(list("/api/v2/grants", "listGrantsV2").queryList("feature", "customer"));
        rows.add(Route.delete("/api/v1/grants/{grantId}", "voidGrant").query("at"));
        return new Routes(rows);
    }

    private static Route list(String path, String function) {
        return Route.get(path, function)
                .query("includeDeleted", "orderBy", "order")
                .query("page", "pageSize", "limit", "offset");
    }

    @Bean
    CreateGrant createGrant(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        return new CreateGrant(
                entitlements, new EntitlementLookup(entitlements, resolver, clock), new Ulid(clock), clock);
    }

    @Bean
    ListGrants listGrants(Entitlements entitlements, CustomerResolver resolver, Customers customers, Clock clock) {
        return new ListGrants(entitlements, new EntitlementLookup(entitlements, resolver, clock), customers, clock);
    }

    @Bean
    ListGrantsV2 listGrantsV2(Entitlements entitlements, CustomerResolver resolver, Customers customers, Clock clock) {
        return new ListGrantsV2(entitlements, new EntitlementLookup(entitlements, resolver, clock), customers, clock);
    }

    @Bean
    VoidGrant voidGrant(Entitlements entitlements, Clock clock) {
        return new VoidGrant(entitlements, clock);
    }
}

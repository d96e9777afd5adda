package dev.odometer.api.functions.grants;

import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
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

    private static final List<String> ENTITLEMENTS = List.of(
            "/api/v1/subjects/{subjectIdOrKey}/entitlements/{entitlementIdOrFeatureKey}",
            "/api/v2/customers/{customerIdOrKey}/entitlements/{entitlementIdOrFeatureKey}");

    @Bean
    Routes grantRoutes() {
        var rows = new ArrayList<Route>();
        for (String entitlement : ENTITLEMENTS) {
            rows.add(Route.post(entitlement + "/grants", "createGrant")
                    .body(Body.FIELDS)
                    .answers(201));
            rows.add(Route.get(entitlement + "/grants", "listGrants")
                    .query("includeDeleted", "orderBy", "order")
                    .query("page", "pageSize", "limit", "offset"));
        }
        rows.add(Route.get("/api/v1/grants", "listGrants")
                .queryList("feature", "subject", "customer")
                .query("includeDeleted", "orderBy", "order")
                .query("page", "pageSize", "limit", "offset"));
        rows.add(Route.delete("/api/v1/grants/{grantId}", "voidGrant").query("at"));
        return new Routes(rows);
    }

    @Bean
    CreateGrant createGrant(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        return new CreateGrant(entitlements, new EntitlementLookup(entitlements, resolver), new Ulid(clock), clock);
    }

    @Bean
    ListGrants listGrants(Entitlements entitlements, CustomerResolver resolver, Clock clock) {
        return new ListGrants(entitlements, new EntitlementLookup(entitlements, resolver), clock);
    }

    @Bean
    VoidGrant voidGrant(Entitlements entitlements, Clock clock) {
        return new VoidGrant(entitlements, clock);
    }
}

package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.customers.CreateCustomer;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Entitlements, addressed by customers or by their subjects. */
@AutoConfiguration
public class EntitlementsModule {

    private final Clock clock;

    EntitlementsModule(Clock clock) {
        this.clock = clock;
    }

    @Bean
    Routes entitlementRoutes() {
        return new Routes(Stream.of(
                        routes("/api/v1/subjects/{subjectIdOrKey}/entitlements"),
                        routes("/api/v2/customers/{customerIdOrKey}/entitlements"),
                        lists())
                .flatMap(List::stream)
                .toList());
    }

    /** The routes that subjects and customers share. */
    private static List<Route> routes(String all) {
        String one = all + "/{entitlementIdOrFeatureKey}";
        return List.of(
                Route.post(all, "createEntitlement").body(Body.FIELDS).answers(201),
                Route.get(one, "getEntitlement"),
                Route.delete(one, "deleteEntitlement"),
                Route.put(one + "/override", "overrideEntitlement")
                        .body(Body.FIELDS)
                        .answers(201),
                Route.post(one + "/reset", "resetEntitlementUsage")
                        .body(Body.OPTIONAL_FIELDS)
                        .answers(204));
    }

    private static List<Route> lists() {
        return List.of(
                Route.get("/api/v1/subjects/{subjectIdOrKey}/entitlements", "listEntitlements")
                        .query("includeDeleted"),
                Route.get("/api/v1/entitlements", "listEntitlements")
                        .queryList("subject", "feature", "entitlementType")
                        .query("excludeInactive", "includeDeleted", "orderBy", "order")
                        .query("page", "pageSize", "limit", "offset"),
                Route.get("/api/v2/customers/{customerIdOrKey}/entitlements", "listEntitlementsV2")
                        .query("includeDeleted", "orderBy", "order")
                        .query("page", "pageSize", "limit", "offset"),
                Route.get("/api/v2/entitlements", "listEntitlementsV2")
                        .queryList("customerKeys", "customerIds", "feature", "entitlementType")
                        .query("excludeInactive", "includeDeleted", "orderBy", "order")
                        .query("page", "pageSize", "limit", "offset"),
                Route.get("/api/v1/entitlements/{entitlementId}", "getEntitlementById"),
                Route.get("/api/v2/entitlements/{entitlementId}", "getEntitlementById"));
    }

    @Bean
    @Lazy
    CustomerResolver resolver(Customers customers, Subjects subjects) {
        return new CustomerResolver(customers, subjects);
    }

    @Bean
    CreateEntitlement createEntitlement(
            Entitlements entitlements,
            Features features,
            CustomerResolver resolver,
            CreateCustomer createCustomer,
            ObjectProvider<Documents> json) {
        return new CreateEntitlement(
                entitlements,
                new FeatureLookup(features),
                resolver,
                createCustomer,
                json::getObject,
                new Ulid(clock),
                clock);
    }

    @Bean
    OverrideEntitlement overrideEntitlement(
            Entitlements entitlements, Features features, CustomerResolver resolver, ObjectProvider<Documents> json) {
        return new OverrideEntitlement(
                entitlements, new FeatureLookup(features), resolver, json::getObject, new Ulid(clock), clock);
    }

    @Bean
    ListEntitlements listEntitlements(Entitlements entitlements, Customers customers, Subjects subjects) {
        return new ListEntitlements(entitlements, customers, subjects, clock);
    }

    @Bean
    ListEntitlementsV2 listEntitlementsV2(Entitlements entitlements, Customers customers, Subjects subjects) {
        return new ListEntitlementsV2(entitlements, customers, subjects, clock);
    }

    @Bean
    GetEntitlement getEntitlement(Entitlements entitlements, CustomerResolver resolver) {
        return new GetEntitlement(entitlements, resolver, clock);
    }

    @Bean
    GetEntitlementById getEntitlementById(Entitlements entitlements, Customers customers, Subjects subjects) {
        return new GetEntitlementById(entitlements, customers, subjects, clock);
    }

    @Bean
    DeleteEntitlement deleteEntitlement(Entitlements entitlements, CustomerResolver resolver) {
        return new DeleteEntitlement(entitlements, resolver, clock);
    }

    @Bean
    ResetEntitlementUsage resetEntitlementUsage(Entitlements entitlements, CustomerResolver resolver) {
        return new ResetEntitlementUsage(entitlements, resolver, clock);
    }
}

package dev.odometer.api.functions;

import static dev.odometer.functions.route.MediaTypes.CSV;
import static dev.odometer.functions.route.MediaTypes.JSON;

import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.util.List;
import java.util.stream.Stream;

/** Which request runs which function. */
public final class ApiRoutes {

    private static final String[] PAGE_OR_ARRAY = {"page", "pageSize", "limit", "offset"};

    private ApiRoutes() {}

    public static Routes routes() {
        return new Routes(Stream.of(
                        events(),
                        meters(),
                        usage(),
                        subjects(),
                        customers(),
                        imports(),
                        exports(),
                        features(),
                        entitlements("/api/v1/subjects/{subjectIdOrKey}"),
                        entitlements("/api/v2/customers/{customerIdOrKey}"),
                        listsOfEntitlements(),
                        access(),
                        notificationChannels(),
                        notificationRules(),
                        notificationEvents(),
                        portal())
                .flatMap(List::stream)
                .toList());
    }

    private static List<Route> events() {
        return List.of(
                Route.post("/api/v1/events", "ingestEvents").body(Body.EVENTS).answers(204),
                Route.get("/api/v1/events", "listEvents")
                        .query("clientId", "id", "subject", "from", "to", "ingestedAtFrom", "ingestedAtTo", "limit")
                        .queryList("customerId"),
                Route.get("/api/v2/events", "listEventsV2")
                        .query("cursor", "limit", "clientId")
                        .queryJson("filter"));
    }

    private static List<Route> meters() {
        return List.of(
                Route.get("/api/v1/meters", "listMeters")
                        .query("page", "pageSize", "orderBy", "order", "includeDeleted"),
                Route.post("/api/v1/meters", "createMeter").body(Body.FIELDS).answers(201),
                Route.get("/api/v1/meters/{meterIdOrSlug}", "getMeter"),
                Route.put("/api/v1/meters/{meterIdOrSlug}", "updateMeter").body(Body.FIELDS),
                Route.delete("/api/v1/meters/{meterIdOrSlug}", "deleteMeter"),
                Route.get("/api/v1/meters/{meterIdOrSlug}/subjects", "listMeterSubjects")
                        .query("from", "to"),
                Route.get("/api/v1/meters/{meterIdOrSlug}/group-by/{groupByKey}/values", "listMeterGroupByValues")
                        .query("from", "to"));
    }

    private static List<Route> usage() {
        return List.of(
                Route.get("/api/v1/meters/{meterIdOrSlug}/query", "queryUsage")
                        .query("clientId", "from", "to", "windowSize", "windowTimeZone")
                        .queryList("subject", "filterCustomerId", "groupBy")
                        .queryMap("filterGroupBy")
                        .queryJson("advancedMeterGroupByFilters")
                        .produces(JSON, CSV),
                Route.post("/api/v1/meters/{meterIdOrSlug}/query", "queryUsage")
                        .body(Body.FIELDS)
                        .produces(JSON, CSV),
                Route.post("/api/v3/openmeter/meters/{meterId}/query", "queryUsageV3")
                        .body(Body.FIELDS)
                        .produces(JSON, CSV)
                        .refusingUnknownFields());
    }

    private static List<Route> subjects() {
        return List.of(
                Route.post("/api/v1/subjects", "upsertSubjects").body(Body.WHOLE),
                Route.get("/api/v1/subjects", "listSubjects"),
                Route.get("/api/v1/subjects/{subjectIdOrKey}", "getSubject"),
                Route.delete("/api/v1/subjects/{subjectIdOrKey}", "deleteSubject"));
    }

    private static List<Route> customers() {
        return List.of(
                Route.post("/api/v1/customers", "createCustomer")
                        .body(Body.FIELDS)
                        .answers(201),
                Route.get("/api/v1/customers", "listCustomers")
                        .query("page", "pageSize", "order", "orderBy", "includeDeleted")
                        .query("key", "name", "primaryEmail", "subject", "planKey")
                        .queryList("expand"),
                Route.get("/api/v1/customers/{customerIdOrKey}", "getCustomer").queryList("expand"),
                Route.put("/api/v1/customers/{customerIdOrKey}", "updateCustomer")
                        .body(Body.FIELDS),
                Route.delete("/api/v1/customers/{customerIdOrKey}", "deleteCustomer"));
    }

    private static List<Route> imports() {
        return List.of(
                Route.get("/api/v1/imports", "listImports").query("page", "pageSize", "status"),
                Route.get("/api/v1/imports/{importId}", "getImport"));
    }

    private static List<Route> exports() {
        return List.of(
                Route.post("/api/v1/exports", "exportUsage")
                        .body(Body.FIELDS)
                        .answers(202)
                        .refusingUnknownFields(),
                Route.get("/api/v1/exports", "listExports").query("before", "limit"),
                Route.get("/api/v1/exports/{exportId}", "getExport"));
    }

    private static List<Route> features() {
        return List.of(
                Route.get("/api/v1/features", "listFeatures")
                        .queryList("meterSlug")
                        .query("includeArchived", "orderBy", "order")
                        .query(PAGE_OR_ARRAY),
                Route.post("/api/v1/features", "createFeature")
                        .body(Body.FIELDS)
                        .answers(201),
                Route.get("/api/v1/features/{featureIdOrKey}", "getFeature"),
                Route.delete("/api/v1/features/{featureIdOrKey}", "deleteFeature"));
    }

    /** The same of a subject and of a customer. */
    private static List<Route> entitlements(String whose) {
        String one = whose + "/entitlements/{entitlementIdOrFeatureKey}";
        return List.of(
                Route.post(whose + "/entitlements", "createEntitlement")
                        .body(Body.FIELDS)
                        .answers(201),
                Route.get(one, "getEntitlement"),
                Route.delete(one, "deleteEntitlement"),
                Route.get(one + "/value", "getEntitlementValue").query("time"),
                Route.post(one + "/grants", "createGrant").body(Body.FIELDS).answers(201),
                Route.get(one + "/grants", "listGrants")
                        .query("includeDeleted", "orderBy", "order")
                        .query(PAGE_OR_ARRAY),
                Route.post(one + "/reset", "resetEntitlementUsage")
                        .body(Body.FIELDS)
                        .answers(204));
    }

    private static List<Route> listsOfEntitlements() {
        return List.of(
                Route.get("/api/v1/subjects/{subjectIdOrKey}/entitlements", "listEntitlements")
                        .query("includeDeleted"),
                Route.get("/api/v1/entitlements", "listEntitlements")
                        .queryList("subject", "feature", "entitlementType")
                        .query("excludeInactive", "includeDeleted", "orderBy", "order")
                        .query(PAGE_OR_ARRAY),
                Route.get("/api/v2/customers/{customerIdOrKey}/entitlements", "listEntitlementsV2")
                        .query("includeDeleted", "orderBy", "order", "page", "pageSize"),
                Route.get("/api/v2/entitlements", "listEntitlementsV2")
                        .queryList("customerKeys", "customerIds", "feature", "entitlementType")
                        .query("excludeInactive", "includeDeleted", "orderBy", "order", "page", "pageSize"),
                Route.get("/api/v1/entitlements/{entitlementId}", "getEntitlementById"),
                Route.get("/api/v2/entitlements/{entitlementId}", "getEntitlementById"),
                Route.get("/api/v1/grants", "listGrants")
                        .queryList("feature", "subject", "customer")
                        .query("includeDeleted", "orderBy", "order")
                        .query(PAGE_OR_ARRAY),
                Route.delete("/api/v1/grants/{grantId}", "voidGrant").query("at"));
    }

    private static List<Route> access() {
        String customer = "/api/v1/customers/{customerIdOrKey}";
        return List.of(
                Route.get(customer + "/access", "getCustomerAccess"),
                Route.get(customer + "/entitlements/{entitlementIdOrFeatureKey}/value", "getEntitlementValue")
                        .query("time"));
    }

    private static List<Route> notificationChannels() {
        return List.of(
                Route.get("/api/v1/notification/channels", "listNotificationChannels")
                        .query("page", "pageSize", "order", "orderBy", "includeDeleted", "includeDisabled"),
                Route.post("/api/v1/notification/channels", "createNotificationChannel")
                        .body(Body.FIELDS)
                        .answers(201),
                Route.get("/api/v1/notification/channels/{channelId}", "getNotificationChannel"),
                Route.put("/api/v1/notification/channels/{channelId}", "updateNotificationChannel")
                        .body(Body.FIELDS),
                Route.delete("/api/v1/notification/channels/{channelId}", "deleteNotificationChannel"));
    }

    private static List<Route> notificationRules() {
        return List.of(
                Route.get("/api/v1/notification/rules", "listNotificationRules")
                        .query("page", "pageSize", "order", "orderBy", "includeDeleted", "includeDisabled"),
                Route.post("/api/v1/notification/rules", "createNotificationRule")
                        .body(Body.FIELDS)
                        .answers(201),
                Route.get("/api/v1/notification/rules/{ruleId}", "getNotificationRule"),
                Route.put("/api/v1/notification/rules/{ruleId}", "updateNotificationRule")
                        .body(Body.FIELDS),
                Route.delete("/api/v1/notification/rules/{ruleId}", "deleteNotificationRule"),
                Route.post("/api/v1/notification/rules/{ruleId}/test", "testNotificationRule")
                        .answers(201));
    }

    private static List<Route> notificationEvents() {
        return List.of(
                Route.get("/api/v1/notification/events", "listNotificationEvents")
                        .query("page", "pageSize", "from", "to", "order", "orderBy")
                        .queryList("feature", "subject", "rule", "channel"),
                Route.get("/api/v1/notification/events/{eventId}", "getNotificationEvent"),
                Route.post("/api/v1/notification/events/{eventId}/resend", "resendNotificationEvent")
                        .body(Body.FIELDS)
                        .answers(202));
    }

    private static List<Route> portal() {
        return List.of(
                Route.post("/api/v1/portal/tokens", "createPortalToken").body(Body.FIELDS),
                Route.get("/api/v1/portal/tokens", "listPortalTokens").query("limit"),
                Route.post("/api/v1/portal/tokens/invalidate", "invalidatePortalTokens")
                        .body(Body.FIELDS)
                        .answers(204),
                Route.get("/api/v1/portal/meters/{meterSlug}/query", "queryPortalMeter")
                        .header("authorization")
                        .query("clientId", "from", "to", "windowSize", "windowTimeZone")
                        .queryList("groupBy")
                        .queryMap("filterGroupBy")
                        .produces(JSON, CSV)
                        .forBrowsers());
    }
}

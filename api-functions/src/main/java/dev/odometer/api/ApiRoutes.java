package dev.odometer.api;

import static dev.odometer.binding.MediaTypes.CSV;
import static dev.odometer.binding.MediaTypes.JSON;

import dev.odometer.binding.Body;
import dev.odometer.binding.Route;
import dev.odometer.binding.Routes;
import java.util.List;
import java.util.stream.Stream;

/** Which request runs which function. */
public final class ApiRoutes {

    private ApiRoutes() {}

    public static Routes routes() {
        return new Routes(
                Stream.of(events(), meters(), usage(), subjects(), customers(), imports(), exports(), portal())
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
                        .query("key", "name", "primaryEmail", "subject"),
                Route.get("/api/v1/customers/{customerIdOrKey}", "getCustomer"),
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

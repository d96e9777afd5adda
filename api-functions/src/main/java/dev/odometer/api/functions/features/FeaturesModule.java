package dev.odometer.api.functions.features;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Features, to which customers are entitled. */
@AutoConfiguration
public class FeaturesModule {

    @Bean
    Routes featureRoutes() {
        return new Routes(List.of(
                Route.get("/api/v1/features", "listFeatures")
                        .queryList("meterSlug")
                        .query("includeArchived", "orderBy", "order")
                        .query("page", "pageSize", "limit", "offset"),
                Route.post("/api/v1/features", "createFeature")
                        .body(Body.FIELDS)
                        .answers(201),
                Route.get("/api/v1/features/{featureIdOrKey}", "getFeature"),
                Route.delete("/api/v1/features/{featureIdOrKey}", "deleteFeature")));
    }

    @Bean
    Routes featureRoutesV3() {
        String features = "/api/v3/openmeter/features";
        return new Routes(List.of(
                Route.get(features, "listFeaturesV3")
                        .queryMap("page", "filter")
                        .query("sort")
                        .refusingUnknownFields(),
                Route.post(features, "createFeatureV3")
                        .body(Body.FIELDS)
                        .answers(201)
                        .refusingUnknownFields(),
                Route.get(features + "/{featureIdOrKey}", "getFeatureV3").refusingUnknownFields(),
                Route.delete(features + "/{featureIdOrKey}", "deleteFeature").refusingUnknownFields()));
    }

    @Bean
    ListFeaturesV3 listFeaturesV3(Features features) {
        return new ListFeaturesV3(features);
    }

    @Bean
    CreateFeatureV3 createFeatureV3(Features features, Meters meters, Clock clock) {
        return new CreateFeatureV3(features, new MeterLookup(meters), new Ulid(clock), clock);
    }

    @Bean
    GetFeatureV3 getFeatureV3(Features features) {
        return new GetFeatureV3(new FeatureLookup(features));
    }

    @Bean
    ListFeatures listFeatures(Features features, Meters meters) {
        return new ListFeatures(features, meters);
    }

    @Bean
    CreateFeature createFeature(Features features, Meters meters, Clock clock) {
        return new CreateFeature(features, new MeterLookup(meters), new Ulid(clock), clock);
    }

    @Bean
    GetFeature getFeature(Features features) {
        return new GetFeature(new FeatureLookup(features));
    }

    @Bean
    DeleteFeature deleteFeature(Features features, Clock clock) {
        return new DeleteFeature(features, clock);
    }
}

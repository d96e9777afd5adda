package dev.odometer.api.features;

import dev.odometer.api.meters.KnownMeters;
import dev.odometer.binding.Body;
import dev.odometer.binding.Route;
import dev.odometer.binding.Routes;
import dev.odometer.entitlement.Features;
import dev.odometer.meter.Meters;
import dev.odometer.resource.Ulid;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Features, which customers are entitled to. */
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
    ListFeatures listFeatures(Features features, Meters meters) {
        return new ListFeatures(features, meters);
    }

    @Bean
    CreateFeature createFeature(Features features, Meters meters, Clock clock) {
        return new CreateFeature(features, new KnownMeters(meters), new Ulid(clock), clock);
    }

    @Bean
    GetFeature getFeature(Features features) {
        return new GetFeature(new KnownFeatures(features));
    }

    @Bean
    DeleteFeature deleteFeature(Features features, Clock clock) {
        return new DeleteFeature(features, clock);
    }
}

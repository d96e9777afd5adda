package dev.odometer.api.usage;

import static dev.odometer.binding.MediaTypes.CSV;
import static dev.odometer.binding.MediaTypes.JSON;

import dev.odometer.api.customers.KnownCustomers;
import dev.odometer.api.meters.KnownMeters;
import dev.odometer.binding.Body;
import dev.odometer.binding.Route;
import dev.odometer.binding.Routes;
import dev.odometer.customer.Customers;
import dev.odometer.customer.Subjects;
import dev.odometer.meter.Meters;
import dev.odometer.usage.UsageLog;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Queries of what was used. */
@AutoConfiguration
public class UsageModule {

    @Bean
    Routes usageRoutes() {
        return new Routes(List.of(
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
                        .refusingUnknownFields()));
    }

    @Bean
    QueryUsage queryUsage(Meters meters, UsageLog log, Customers customers, Subjects subjects) {
        return new QueryUsage(new KnownMeters(meters), log, new KnownCustomers(customers), subjects);
    }

    @Bean
    QueryUsageV3 queryUsageV3(Meters meters, UsageLog log, Customers customers) {
        return new QueryUsageV3(new KnownMeters(meters), log, new KnownCustomers(customers));
    }
}

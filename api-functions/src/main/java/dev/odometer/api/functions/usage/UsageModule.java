package dev.odometer.api.functions.usage;

import static dev.odometer.functions.route.MediaTypes.CSV;
import static dev.odometer.functions.route.MediaTypes.JSON;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.list.RowLimits;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.route.Scope;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.usage.UsageLog;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Usage queries. */
@AutoConfiguration
public class UsageModule {

    private final RowLimits limits;

    UsageModule(Environment environment) {
        limits = RowLimits.from(new Settings(environment::getProperty));
    }

    @Bean
    Routes usageRoutes() {
        return new Routes(List.of(
                Route.get("/api/v1/meters/{meterIdOrSlug}/query", "queryUsage")
                        .query("clientId", "from", "to", "windowSize", "windowTimeZone")
                        .queryList("subject", "filterCustomerId", "groupBy")
                        .queryMap("filterGroupBy")
                        .queryJson("advancedMeterGroupByFilters")
                        .produces(JSON, CSV)
                        .answersMayBeLarge(),
                Route.post("/api/v1/meters/{meterIdOrSlug}/query", "queryUsage")
                        .body(Body.OPTIONAL_FIELDS)
                        .needs(Scope.READ)
                        .produces(JSON, CSV)
                        .answersMayBeLarge()
                        .refusingUnknownFields(),
                Route.post("/api/v3/openmeter/meters/{meterId}/query", "queryUsageV3")
                        .body(Body.OPTIONAL_FIELDS)
                        .needs(Scope.READ)
                        .produces(JSON, CSV)
                        .answersMayBeLarge()
                        .refusingUnknownFields()));
    }

    @Bean
    QueryUsage queryUsage(Meters meters, UsageLog log, Customers customers, Subjects subjects) {
        return new QueryUsage(new MeterLookup(meters), log, new CustomerLookup(customers), subjects, limits.query());
    }

    @Bean
    QueryUsageV3 queryUsageV3(Meters meters, UsageLog log, Customers customers) {
        return new QueryUsageV3(new MeterLookup(meters), log, new CustomerLookup(customers), limits.query());
    }
}

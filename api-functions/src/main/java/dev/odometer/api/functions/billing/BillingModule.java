package dev.odometer.api.functions.billing;

import static dev.odometer.functions.route.MediaTypes.CSV;
import static dev.odometer.functions.route.MediaTypes.JSON;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.list.RowLimits;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.profiles.CustomerProfiles;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.route.Scope;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Simulated invoices and backtests. */
@AutoConfiguration
public class BillingModule {

    private final RowLimits limits;

    BillingModule(Environment environment) {
        limits = RowLimits.from(new Settings(environment::getProperty));
    }

    @Bean
    Routes billingRoutes() {
        return new Routes(List.of(
                Route.post("/api/v1/billing/customers/{customerId}/invoices/simulate", "simulateInvoice")
                        .body(Body.FIELDS)
                        .needs(Scope.READ)
                        .answersMayBeLarge()
                        .refusingUnknownFields(),
                Route.post("/api/v1/billing/backtests", "backtestPrices")
                        .body(Body.FIELDS)
                        .needs(Scope.READ)
                        .produces(JSON, CSV)
                        .answersMayBeLarge()
                        .refusingUnknownFields()));
    }

    @Bean
    SimulateInvoice simulateInvoice(Customers customers, BillingProfiles profiles, Features features, Clock clock) {
        return new SimulateInvoice(
                new CustomerLookup(customers),
                new CustomerProfiles(profiles),
                new FeatureLookup(features),
                new Ulid(clock),
                clock);
    }

    @Bean
    BacktestPrices backtestPrices(
            Customers customers, Features features, Clock clock, BacktestPrices.UsageReader customerUsage) {
        return new BacktestPrices(customers, new FeatureLookup(features), customerUsage, limits.query(), clock);
    }

    @Bean
    BacktestPrices.UsageReader customerUsage(Meters meters, UsageLog log) {
        return (customers, bounds) -> new CustomerUsage(new MeterLookup(meters), log, customers, bounds);
    }
}

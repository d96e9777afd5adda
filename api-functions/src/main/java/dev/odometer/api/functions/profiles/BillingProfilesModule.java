package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Billing profiles, and overrides of customers. */
@AutoConfiguration
public class BillingProfilesModule {

    @Bean
    Routes billingProfileRoutes() {
        String all = "/api/v1/billing/profiles";
        String customers = "/api/v1/billing/customers";
        String customer = customers + "/{customerId}";
        return new Routes(List.of(
                Route.get(all, "listBillingProfiles")
                        .queryList("expand")
                        .query("includeArchived", "order", "orderBy", "page", "pageSize"),
                Route.post(all, "createBillingProfile")
                        .body(Body.FIELDS)
                        .answers(201)
                        .refusingUnknownFields(),
                Route.get(all + "/{id}", "getBillingProfile").queryList("expand"),
                Route.put(all + "/{id}", "updateBillingProfile")
                        .body(Body.FIELDS)
                        .refusingUnknownFields(),
                Route.delete(all + "/{id}", "deleteBillingProfile"),
                Route.get(customers, "listCustomerOverrides")
                        .queryList("billingProfile", "customerId", "expand")
                        .query("customersWithoutPinnedProfile", "includeAllCustomers")
                        .query("customerName", "customerKey", "customerPrimaryEmail")
                        .query("order", "orderBy", "page", "pageSize"),
                Route.get(customer, "getCustomerOverride").queryList("expand"),
                Route.put(customer, "upsertCustomerOverride").body(Body.FIELDS).refusingUnknownFields(),
                Route.delete(customer, "deleteCustomerOverride")));
    }

    @Bean
    ListBillingProfiles listBillingProfiles(BillingProfiles profiles) {
        return new ListBillingProfiles(profiles);
    }

    @Bean
    CreateBillingProfile createBillingProfile(BillingProfiles profiles, Clock clock) {
        return new CreateBillingProfile(profiles, new Ulid(clock), clock);
    }

    @Bean
    GetBillingProfile getBillingProfile(BillingProfiles profiles) {
        return new GetBillingProfile(profiles);
    }

    @Bean
    UpdateBillingProfile updateBillingProfile(BillingProfiles profiles, Clock clock) {
        return new UpdateBillingProfile(profiles, clock);
    }

    @Bean
    DeleteBillingProfile deleteBillingProfile(BillingProfiles profiles, Clock clock) {
        return new DeleteBillingProfile(profiles, clock);
    }

    @Bean
    ListCustomerOverrides listCustomerOverrides(BillingProfiles profiles, Customers customers) {
        return new ListCustomerOverrides(profiles, customers);
    }

    @Bean
    GetCustomerOverride getCustomerOverride(BillingProfiles profiles, Customers customers) {
        return new GetCustomerOverride(new CustomerLookup(customers), new CustomerProfiles(profiles));
    }

    @Bean
    UpsertCustomerOverride upsertCustomerOverride(BillingProfiles profiles, Customers customers, Clock clock) {
        return new UpsertCustomerOverride(new CustomerLookup(customers), profiles, clock);
    }

    @Bean
    DeleteCustomerOverride deleteCustomerOverride(BillingProfiles profiles, Customers customers) {
        return new DeleteCustomerOverride(new CustomerLookup(customers), profiles);
    }
}

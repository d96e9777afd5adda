package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.subscription.Subscriptions;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Subscriptions of customers to plans. */
@AutoConfiguration
public class SubscriptionsModule {

    private final Clock clock;

    SubscriptionsModule(Clock clock) {
        this.clock = clock;
    }

    @Bean
    Routes subscriptionRoutes() {
        String all = "/api/v1/subscriptions";
        String one = all + "/{subscriptionId}";
        return new Routes(List.of(
                Route.post(all, "createSubscription")
                        .body(Body.FIELDS)
                        .answers(201)
                        .refusingUnknownFields(),
                Route.get(one, "getSubscription").query("at"),
                Route.of("PATCH", one, "editSubscription").body(Body.FIELDS).refusingUnknownFields(),
                Route.delete(one, "deleteSubscription"),
                Route.post(one + "/cancel", "cancelSubscription")
                        .body(Body.OPTIONAL_FIELDS)
                        .refusingUnknownFields(),
                Route.post(one + "/change", "changeSubscription")
                        .body(Body.FIELDS)
                        .refusingUnknownFields(),
                Route.post(one + "/migrate", "migrateSubscription")
                        .body(Body.OPTIONAL_FIELDS)
                        .refusingUnknownFields(),
                Route.post(one + "/unschedule-cancelation", "unscheduleCancelation"),
                Route.get("/api/v1/customers/{customerIdOrKey}/subscriptions", "listCustomerSubscriptions")
                        .queryList("status")
                        .query("order", "orderBy", "page", "pageSize")));
    }

    @Bean
    @Lazy
    NewSubscription.Validation newSubscriptions(Plans plans, TermsCheck check) {
        return new NewSubscription.Validation(plans, check, new Ulid(clock));
    }

    @Bean
    @Lazy
    SubscriptionViews subscriptionViews(Features features, Customers customers, Entitlements entitlements) {
        return new SubscriptionViews(features, customers, entitlements, clock);
    }

    @Bean
    CreateSubscription createSubscription(
            Subscriptions subscriptions, Customers customers, NewSubscription.Validation validation) {
        return new CreateSubscription(subscriptions, new CustomerLookup(customers), validation, clock);
    }

    @Bean
    GetSubscription getSubscription(Subscriptions subscriptions, SubscriptionViews views) {
        return new GetSubscription(subscriptions, views, clock);
    }

    @Bean
    ListCustomerSubscriptions listCustomerSubscriptions(Subscriptions subscriptions, Customers customers) {
        return new ListCustomerSubscriptions(subscriptions, new CustomerLookup(customers), clock);
    }

    @Bean
    CancelSubscription cancelSubscription(Subscriptions subscriptions) {
        return new CancelSubscription(subscriptions, clock);
    }

    @Bean
    UnscheduleCancelation unscheduleCancelation(Subscriptions subscriptions) {
        return new UnscheduleCancelation(subscriptions, clock);
    }

    @Bean
    DeleteSubscription deleteSubscription(Subscriptions subscriptions) {
        return new DeleteSubscription(subscriptions, clock);
    }

    @Bean
    ChangeSubscription changeSubscription(
            Subscriptions subscriptions, NewSubscription.Validation validation, SubscriptionViews views) {
        return new ChangeSubscription(subscriptions, validation, views, clock);
    }

    @Bean
    MigrateSubscription migrateSubscription(Subscriptions subscriptions, Plans plans, ChangeSubscription change) {
        return new MigrateSubscription(subscriptions, plans, change, clock);
    }

    @Bean
    EditSubscription editSubscription(Subscriptions subscriptions, TermsCheck check, SubscriptionViews views) {
        return new EditSubscription(subscriptions, check, views, new Ulid(clock), clock);
    }
}

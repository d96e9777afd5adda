package dev.odometer.api.functions.customers;

import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.subscription.Subscriptions;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Customers and subjects. */
@AutoConfiguration
public class CustomersModule {

    @Bean
    Routes customerRoutes() {
        return new Routes(List.of(
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
                Route.delete("/api/v1/customers/{customerIdOrKey}", "deleteCustomer")));
    }

    @Bean
    Routes customerRoutesV3() {
        String customers = "/api/v3/openmeter/customers";
        return new Routes(List.of(
                Route.get(customers, "listCustomersV3")
                        .queryMap("page", "filter")
                        .query("sort")
                        .refusingUnknownFields(),
                Route.post(customers, "createCustomerV3")
                        .body(Body.FIELDS)
                        .answers(201)
                        .refusingUnknownFields(),
                Route.get(customers + "/{customerId}", "getCustomerV3").refusingUnknownFields(),
                Route.put(customers + "/{customerId}", "updateCustomerV3")
                        .body(Body.FIELDS)
                        .refusingUnknownFields(),
                Route.delete(customers + "/{customerId}", "deleteCustomerV3").refusingUnknownFields()));
    }

    @Bean
    Routes subjectRoutes() {
        return new Routes(List.of(
                Route.post("/api/v1/subjects", "upsertSubjects").body(Body.WHOLE),
                Route.get("/api/v1/subjects", "listSubjects")
                        .query("page", "pageSize")
                        .answersMayBeLarge(),
                Route.get("/api/v1/subjects/{subjectIdOrKey}", "getSubject"),
                Route.delete("/api/v1/subjects/{subjectIdOrKey}", "deleteSubject")));
    }

    @Bean
    CreateCustomer createCustomer(Customers customers, Subjects subjects, Clock clock) {
        var ids = new Ulid(clock);
        return new CreateCustomer(customers, new CustomerSubjectEntries(subjects, ids), ids, clock);
    }

    @Bean
    ListCustomers listCustomers(Customers customers, Subscriptions subscriptions, Clock clock) {
        return new ListCustomers(customers, subscriptions, clock);
    }

    @Bean
    GetCustomer getCustomer(Customers customers, Subscriptions subscriptions, Clock clock) {
        return new GetCustomer(new CustomerLookup(customers), subscriptions, clock);
    }

    @Bean
    UpdateCustomer updateCustomer(Customers customers, Subjects subjects, Clock clock) {
        return new UpdateCustomer(customers, new CustomerSubjectEntries(subjects, new Ulid(clock)), clock);
    }

    @Bean
    DeleteCustomer deleteCustomer(
            Customers customers, Entitlements entitlements, Subscriptions subscriptions, Clock clock) {
        return new DeleteCustomer(customers, entitlements, subscriptions, clock);
    }

    @Bean
    ListCustomersV3 listCustomersV3(Customers customers) {
        return new ListCustomersV3(customers);
    }

    @Bean
    CreateCustomerV3 createCustomerV3(Customers customers, Subjects subjects, Clock clock) {
        var ids = new Ulid(clock);
        return new CreateCustomerV3(customers, new CustomerSubjectEntries(subjects, ids), ids, clock);
    }

    @Bean
    GetCustomerV3 getCustomerV3(Customers customers) {
        return new GetCustomerV3(new CustomerLookup(customers));
    }

    @Bean
    UpdateCustomerV3 updateCustomerV3(Customers customers, Subjects subjects, Clock clock) {
        return new UpdateCustomerV3(customers, new CustomerSubjectEntries(subjects, new Ulid(clock)), clock);
    }

    @Bean
    DeleteCustomerV3 deleteCustomerV3(Customers customers, DeleteCustomer deleteCustomer) {
        return new DeleteCustomerV3(new CustomerLookup(customers), deleteCustomer);
    }

    @Bean
    UpsertSubjects upsertSubjects(Subjects subjects, Clock clock) {
        return new UpsertSubjects(subjects, new Ulid(clock), clock);
    }

    @Bean
    ListSubjects listSubjects(Subjects subjects) {
        return new ListSubjects(subjects);
    }

    @Bean
    GetSubject getSubject(Subjects subjects) {
        return new GetSubject(subjects);
    }

    @Bean
    DeleteSubject deleteSubject(Subjects subjects) {
        return new DeleteSubject(subjects);
    }
}

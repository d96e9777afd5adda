package dev.odometer.api;

import dev.odometer.api.access.GetCustomerAccess;
import dev.odometer.api.access.GetEntitlementValue;
import dev.odometer.api.customers.CreateCustomer;
import dev.odometer.api.customers.CustomerSubjectEntries;
import dev.odometer.api.entitlements.CreateEntitlement;
import dev.odometer.api.entitlements.DeleteEntitlement;
import dev.odometer.api.entitlements.GetEntitlement;
import dev.odometer.api.entitlements.GetEntitlementById;
import dev.odometer.api.entitlements.Holders;
import dev.odometer.api.entitlements.KnownEntitlements;
import dev.odometer.api.entitlements.ListEntitlements;
import dev.odometer.api.entitlements.ListEntitlementsV2;
import dev.odometer.api.entitlements.ResetEntitlementUsage;
import dev.odometer.api.features.CreateFeature;
import dev.odometer.api.features.DeleteFeature;
import dev.odometer.api.features.GetFeature;
import dev.odometer.api.features.KnownFeatures;
import dev.odometer.api.features.ListFeatures;
import dev.odometer.api.grants.CreateGrant;
import dev.odometer.api.grants.ListGrants;
import dev.odometer.api.grants.VoidGrant;
import dev.odometer.api.meters.KnownMeters;
import dev.odometer.binding.Documents;
import dev.odometer.customer.Customers;
import dev.odometer.customer.Subjects;
import dev.odometer.entitlement.Entitlements;
import dev.odometer.entitlement.Features;
import dev.odometer.meter.Meters;
import dev.odometer.resource.Ulid;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The functions about limits: features, who is entitled to them, and how much of them is left. */
@AutoConfiguration
public class LimitFunctions {

    @Bean
    public ListFeatures listFeatures(Features features, Meters meters) {
        return new ListFeatures(features, meters);
    }

    @Bean
    public CreateFeature createFeature(Features features, Meters meters, Clock clock) {
        return new CreateFeature(features, new KnownMeters(meters), new Ulid(clock), clock);
    }

    @Bean
    public GetFeature getFeature(Features features) {
        return new GetFeature(new KnownFeatures(features));
    }

    @Bean
    public DeleteFeature deleteFeature(Features features, Clock clock) {
        return new DeleteFeature(features, clock);
    }

    @Bean
    public GetCustomerAccess getCustomerAccess(Entitlements entitlements, Clock clock) {
        return new GetCustomerAccess(entitlements, clock);
    }

    @Bean
    public VoidGrant voidGrant(Entitlements entitlements, Clock clock) {
        return new VoidGrant(entitlements, clock);
    }

    @Bean
    public ListEntitlements listEntitlements(
            Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        return new ListEntitlements(entitlements, customers, subjects, clock);
    }

    @Bean
    public ListEntitlementsV2 listEntitlementsV2(
            Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        return new ListEntitlementsV2(entitlements, customers, subjects, clock);
    }

    @Bean
    public GetEntitlementById getEntitlementById(
            Entitlements entitlements, Customers customers, Subjects subjects, Clock clock) {
        return new GetEntitlementById(entitlements, customers, subjects, clock);
    }

    /** What is asked by a customer or by one of its subjects. */
    @Configuration(proxyBeanMethods = false)
    static class HolderFunctions {

        private final ObjectProvider<Customers> customers;
        private final ObjectProvider<Subjects> subjects;

        HolderFunctions(ObjectProvider<Customers> customers, ObjectProvider<Subjects> subjects) {
            this.customers = customers;
            this.subjects = subjects;
        }

        private Holders holders() {
            return new Holders(customers.getObject(), subjects.getObject());
        }

        @Bean
        CreateEntitlement createEntitlement(
                Entitlements entitlements, Features features, ObjectProvider<Documents> json, Clock clock) {
            var ids = new Ulid(clock);
            var entries = new CustomerSubjectEntries(subjects.getObject(), ids);
            return new CreateEntitlement(
                    entitlements,
                    new KnownFeatures(features),
                    holders(),
                    new CreateCustomer(customers.getObject(), entries, ids, clock),
                    json::getObject,
                    ids,
                    clock);
        }

        @Bean
        GetEntitlement getEntitlement(Entitlements entitlements, Clock clock) {
            return new GetEntitlement(entitlements, holders(), clock);
        }

        @Bean
        DeleteEntitlement deleteEntitlement(Entitlements entitlements, Clock clock) {
            return new DeleteEntitlement(entitlements, holders(), clock);
        }

        @Bean
        GetEntitlementValue getEntitlementValue(Entitlements entitlements, Features features, Clock clock) {
            return new GetEntitlementValue(entitlements, new KnownFeatures(features), holders(), clock);
        }

        @Bean
        ResetEntitlementUsage resetEntitlementUsage(Entitlements entitlements, Clock clock) {
            return new ResetEntitlementUsage(entitlements, holders(), clock);
        }

        @Bean
        CreateGrant createGrant(Entitlements entitlements, Clock clock) {
            return new CreateGrant(
                    entitlements, new KnownEntitlements(entitlements, holders()), new Ulid(clock), clock);
        }

        @Bean
        ListGrants listGrants(Entitlements entitlements) {
            return new ListGrants(entitlements, new KnownEntitlements(entitlements, holders()));
        }
    }
}

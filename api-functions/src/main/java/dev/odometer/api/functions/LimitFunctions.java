package dev.odometer.api.functions;

import dev.odometer.api.functions.access.GetCustomerAccess;
import dev.odometer.api.functions.access.GetEntitlementValue;
import dev.odometer.api.functions.customers.CreateCustomer;
import dev.odometer.api.functions.customers.CustomerSubjectEntries;
import dev.odometer.api.functions.entitlements.CreateEntitlement;
import dev.odometer.api.functions.entitlements.CustomerResolver;
import dev.odometer.api.functions.entitlements.DeleteEntitlement;
import dev.odometer.api.functions.entitlements.EntitlementLookup;
import dev.odometer.api.functions.entitlements.GetEntitlement;
import dev.odometer.api.functions.entitlements.GetEntitlementById;
import dev.odometer.api.functions.entitlements.ListEntitlements;
import dev.odometer.api.functions.entitlements.ListEntitlementsV2;
import dev.odometer.api.functions.entitlements.ResetEntitlementUsage;
import dev.odometer.api.functions.features.CreateFeature;
import dev.odometer.api.functions.features.DeleteFeature;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.features.GetFeature;
import dev.odometer.api.functions.features.ListFeatures;
import dev.odometer.api.functions.grants.CreateGrant;
import dev.odometer.api.functions.grants.ListGrants;
import dev.odometer.api.functions.grants.VoidGrant;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Ulid;
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
        return new CreateFeature(features, new MeterLookup(meters), new Ulid(clock), clock);
    }

    @Bean
    public GetFeature getFeature(Features features) {
        return new GetFeature(new FeatureLookup(features));
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

        private CustomerResolver holders() {
            return new CustomerResolver(customers.getObject(), subjects.getObject());
        }

        @Bean
        CreateEntitlement createEntitlement(Entitlements entitlements, Features features, Clock clock) {
            var ids = new Ulid(clock);
            var entries = new CustomerSubjectEntries(subjects.getObject(), ids);
            return new CreateEntitlement(
                    entitlements,
                    new FeatureLookup(features),
                    holders(),
                    new CreateCustomer(customers.getObject(), entries, ids, clock),
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
            return new GetEntitlementValue(entitlements, new FeatureLookup(features), holders(), clock);
        }

        @Bean
        ResetEntitlementUsage resetEntitlementUsage(Entitlements entitlements, Clock clock) {
            return new ResetEntitlementUsage(entitlements, holders(), clock);
        }

        @Bean
        CreateGrant createGrant(Entitlements entitlements, Clock clock) {
            return new CreateGrant(
                    entitlements, new EntitlementLookup(entitlements, holders()), new Ulid(clock), clock);
        }

        @Bean
        ListGrants listGrants(Entitlements entitlements) {
            return new ListGrants(entitlements, new EntitlementLookup(entitlements, holders()));
        }
    }
}

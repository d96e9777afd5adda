package dev.odometer.api.functions;

import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.file.InMemoryFileStore;
import dev.odometer.functions.schedule.InMemoryTickLog;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.InMemoryCustomers;
import dev.odometer.metering.customer.InMemorySubjects;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.entitlement.InMemoryEntitlements;
import dev.odometer.metering.entitlement.InMemoryFeatures;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.export.InMemoryExports;
import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.metering.handoff.InMemoryHandOffs;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.InMemoryImports;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.invoice.InMemoryBillingProfiles;
import dev.odometer.metering.invoice.InMemoryInvoices;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.meter.InMemoryMeters;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.notification.InMemoryInvoiceAlerts;
import dev.odometer.metering.notification.InMemoryNotifications;
import dev.odometer.metering.notification.InMemoryOutbox;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.metering.notification.PayloadWriter;
import dev.odometer.metering.portal.InMemoryPortalTokens;
import dev.odometer.metering.portal.PortalTokens;
import dev.odometer.metering.pricing.InMemoryPlans;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.subscription.InMemorySubscriptions;
import dev.odometer.metering.subscription.SubscriptionStores;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.usage.InMemoryUsageLog;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** In-memory implementations of all ports, to wire tests that run functions without a database. */
@Configuration(proxyBeanMethods = false)
public class InMemoryPorts {

    @Bean
    public UsageLog usageLog() {
        return new InMemoryUsageLog(Clock.systemUTC());
    }

    @Bean
    public Meters meters() {
        return new InMemoryMeters();
    }

    @Bean
    public DeadLetterStore deadLetterStore() {
        return new InMemoryDeadLetterStore();
    }

    @Bean
    public Imports imports(UsageLog log) {
        return new InMemoryImports(log);
    }

    @Bean
    public Customers customers() {
        return new InMemoryCustomers();
    }

    @Bean
    public Subjects subjects() {
        return new InMemorySubjects();
    }

    @Bean
    public Features features(Meters meters) {
        return new InMemoryFeatures(meters);
    }

    @Bean
    public Entitlements entitlements(EntitlementStores stores) {
        return stores.entitlements();
    }

    @Bean
    public Subscriptions subscriptions(Customers customers, Entitlements entitlements) {
        return new InMemorySubscriptions(customers, (InMemoryEntitlements) entitlements);
    }

    @Bean
    public BillingProfiles billingProfiles(Customers customers) {
        return new InMemoryBillingProfiles(customers);
    }

    /** The ports that invoices use. */
    @Bean
    public EntitlementStores entitlementStores(Meters meters, UsageLog usage, Customers customers, Features features) {
        return new EntitlementStores(
                meters, usage, customers, features, new InMemoryEntitlements(features, meters, customers, usage));
    }

    @Bean
    public Invoices invoices(
            EntitlementStores stores,
            Subscriptions subscriptions,
            BillingProfiles profiles,
            InMemoryInvoiceAlerts alerts) {
        var invoices = new InMemoryInvoices(
                new SubscriptionStores(stores, subscriptions), profiles, new Ulid(Clock.systemUTC()));
        invoices.onChange(alerts);
        return invoices;
    }

    @Bean
    public InMemoryInvoiceAlerts invoiceAlerts(Notifications notifications, ObjectProvider<PayloadWriter> payloads) {
        return new InMemoryInvoiceAlerts(
                notifications, new Ulid(Clock.systemUTC()), Clock.systemUTC(), payloads::getObject);
    }

    @Bean
    public HandOffs handOffs(Invoices invoices) {
        return new InMemoryHandOffs(invoices, Clock.systemUTC());
    }

    @Bean
    public Exports exports() {
        return new InMemoryExports();
    }

    @Bean
    public Plans plans() {
        return new InMemoryPlans();
    }

    @Bean
    public PortalTokens portalTokens() {
        return new InMemoryPortalTokens();
    }

    @Bean
    public Notifications notifications() {
        return new InMemoryNotifications();
    }

    @Bean
    public Outbox outbox(Notifications notifications) {
        return new InMemoryOutbox((InMemoryNotifications) notifications);
    }

    @Bean
    public FileStore files() {
        return new InMemoryFileStore();
    }

    @Bean
    public TickLog ticks() {
        return new InMemoryTickLog();
    }
}

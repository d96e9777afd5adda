package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.billing.LineCheck;
import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.events.EventViews;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.profiles.CustomerProfiles;
import dev.odometer.documents.InvoiceRepresentations;
import dev.odometer.documents.PageConverter;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.route.Scope;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.invoice.BillingSettings;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.resource.Ulid;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Invoices and pending lines. */
@AutoConfiguration
public class InvoicesModule {

    private static final String OF_CUSTOMER = "/api/v1/billing/customers/{customerId}/invoices";

    private final BillingSettings settings;
    private final Clock clock;
    private final Ulid ids;

    InvoicesModule(Environment environment, Clock clock) {
        this.settings = BillingSettings.from(new Settings(environment::getProperty));
        this.clock = clock;
        this.ids = new Ulid(clock);
    }

    @Bean
    Routes invoiceRoutes(ObjectProvider<PageConverter> converters) {
        String all = "/api/v1/billing/invoices";
        String one = all + "/{invoiceId}";
        return new Routes(List.of(
                Route.get(all, "listInvoices")
                        .queryList("statuses", "extendedStatuses", "expand", "customers")
                        .query("issuedAfter", "issuedBefore", "periodStartAfter", "periodStartBefore")
                        .query("createdAfter", "createdBefore", "includeDeleted")
                        .query("order", "orderBy", "page", "pageSize")
                        .answersMayBeLarge(),
                Route.post(all + "/invoice", "invoicePendingLines")
                        .body(Body.FIELDS)
                        .answers(201)
                        .answersMayBeLarge()
                        .refusingUnknownFields(),
                get(one, converters.orderedStream().toList()),
                Route.put(one, "updateInvoice").body(Body.FIELDS).refusingUnknownFields(),
                Route.delete(one, "deleteInvoice"),
                Route.post(one + "/advance", "advanceInvoice"),
                Route.post(one + "/approve", "approveInvoice"),
                Route.post(one + "/retry", "retryInvoice"),
                Route.post(one + "/snapshot-quantities", "snapshotQuantitiesInvoice"),
                Route.post(one + "/void", "voidInvoice").body(Body.FIELDS).refusingUnknownFields(),
                Route.post(one + "/taxes/recalculate", "recalculateInvoiceTax"),
                Route.get(one + "/lines/{lineId}/proof", "proveInvoiceLine").answersMayBeLarge()));
    }

    @Bean
    Routes customerInvoiceRoutes() {
        return new Routes(List.of(
                Route.post(OF_CUSTOMER + "/pending-lines", "createPendingInvoiceLines")
                        .body(Body.FIELDS)
                        .answers(201)
                        .answersMayBeLarge()
                        .refusingUnknownFields(),
                Route.post(OF_CUSTOMER + "/preview", "previewInvoice")
                        .body(Body.OPTIONAL_FIELDS)
                        .needs(Scope.READ)
                        .answersMayBeLarge()
                        .refusingUnknownFields(),
                Route.post("/api/v1/apps/custom-invoicing/{invoiceId}/payment/status", "updateInvoicePaymentStatus")
                        .body(Body.FIELDS)
                        .answers(204)
                        .refusingUnknownFields()));
    }

    private static Route get(String path, List<PageConverter> converters) {
        return Route.get(path, "getInvoice")
                .queryList("expand")
                .query("includeDeletedLines")
                .produces(InvoiceRepresentations.mediaTypes(converters))
                .answersMayBeLarge();
    }

    @Bean
    @Lazy
    InvoiceAccess invoiceAccess(Invoices invoices, HandOffs handOffs) {
        return new InvoiceAccess(invoices, handOffs, settings, clock);
    }

    @Bean
    @Lazy
    DueRequests dueRequests(BillingProfiles profiles) {
        return new DueRequests(new CustomerProfiles(profiles), settings, clock);
    }

    @Bean
    @Lazy
    PendingLines pendingLines(Invoices invoices, BillingProfiles profiles) {
        return new PendingLines(invoices, new CustomerProfiles(profiles), settings, ids);
    }

    @Bean
    @Lazy
    LineUsage lineUsage(Meters meters, UsageLog log) {
        return new LineUsage(new MeterLookup(meters), log);
    }

    @Bean
    ListInvoices listInvoices(InvoiceAccess access, Customers customers, PendingLines pending) {
        return new ListInvoices(access, new CustomerLookup(customers), pending);
    }

    @Bean
    GetInvoice getInvoice(
            InvoiceAccess access, Customers customers, PendingLines pending, ObjectProvider<PageConverter> converters) {
        return new GetInvoice(
                access, customers, pending, converters.orderedStream().toList());
    }

    @Bean
    CreatePendingInvoiceLines createPendingInvoiceLines(
            Customers customers, Invoices invoices, Features features, PendingLines pending) {
        return new CreatePendingInvoiceLines(
                new CustomerLookup(customers),
                invoices,
                new LineCheck(new FeatureLookup(features)),
                pending,
                ids,
                clock);
    }

    @Bean
    InvoicePendingLines invoicePendingLines(Customers customers, DueRequests requests, InvoiceAccess access) {
        return new InvoicePendingLines(new CustomerLookup(customers), requests, access);
    }

    @Bean
    PreviewInvoice previewInvoice(Customers customers, Invoices invoices, DueRequests requests) {
        return new PreviewInvoice(new CustomerLookup(customers), invoices, requests);
    }

    @Bean
    UpdateInvoice updateInvoice(InvoiceAccess access, Customers customers, Features features, LineUsage usage) {
        var added =
                new AddedLines(new CustomerLookup(customers), new LineCheck(new FeatureLookup(features)), usage, ids);
        return new UpdateInvoice(access, added, ids);
    }

    @Bean
    DeleteInvoice deleteInvoice(InvoiceAccess access) {
        return new DeleteInvoice(access);
    }

    @Bean
    AdvanceInvoice advanceInvoice(InvoiceAccess access) {
        return new AdvanceInvoice(access);
    }

    @Bean
    ApproveInvoice approveInvoice(InvoiceAccess access) {
        return new ApproveInvoice(access);
    }

    @Bean
    RetryInvoice retryInvoice(InvoiceAccess access) {
        return new RetryInvoice(access);
    }

    @Bean
    SnapshotQuantitiesInvoice snapshotQuantitiesInvoice(InvoiceAccess access) {
        return new SnapshotQuantitiesInvoice(access);
    }

    @Bean
    VoidInvoice voidInvoice(InvoiceAccess access) {
        return new VoidInvoice(access);
    }

    @Bean
    RecalculateInvoiceTax recalculateInvoiceTax(InvoiceAccess access, BillingProfiles profiles) {
        return new RecalculateInvoiceTax(access, new CustomerProfiles(profiles));
    }

    @Bean
    UpdateInvoicePaymentStatus updateInvoicePaymentStatus(InvoiceAccess access) {
        return new UpdateInvoicePaymentStatus(access);
    }

    @Bean
    ProveInvoiceLine proveInvoiceLine(InvoiceAccess access, LineUsage usage, UsageLog log, Events events) {
        return new ProveInvoiceLine(access, usage, log, events.views, events.json::getObject);
    }

    /** The views of the events in a proof. */
    record Events(EventViews views, ObjectProvider<Documents> json) {}

    @Bean
    @Lazy
    Events invoiceEvents(Meters meters, Customers customers, ObjectProvider<Documents> json) {
        return new Events(new EventViews(meters, customers), json);
    }
}

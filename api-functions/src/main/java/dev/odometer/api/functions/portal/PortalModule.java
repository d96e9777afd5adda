package dev.odometer.api.functions.portal;

import static dev.odometer.functions.route.MediaTypes.CSV;
import static dev.odometer.functions.route.MediaTypes.JSON;

import dev.odometer.api.functions.access.AccessModule;
import dev.odometer.api.functions.list.RowLimits;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.usage.QueryUsage;
import dev.odometer.documents.InvoiceRepresentations;
import dev.odometer.documents.PageConverter;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.meter.Meters;
import dev.odometer.metering.portal.PortalTokens;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The portal. Without {@code odometer.portal.token-secret} its functions refuse; an invalid secret prevents the start.
 */
@AutoConfiguration
public class PortalModule {

    private final TokenSignature signature;
    private final RowLimits limits;

    PortalModule(Environment environment) {
        signature = TokenSignature.of(environment.getProperty(TokenSignature.SECRET));
        limits = RowLimits.from(new Settings(environment::getProperty));
    }

    @Bean
    Routes portalRoutes() {
        return new Routes(List.of(
                Route.post("/api/v1/portal/tokens", "createPortalToken").body(Body.FIELDS),
                Route.get("/api/v1/portal/tokens", "listPortalTokens").query("limit"),
                Route.post("/api/v1/portal/tokens/invalidate", "invalidatePortalTokens")
                        .body(Body.FIELDS)
                        .answers(204),
                Route.get("/api/v1/portal/meters/{meterSlug}/query", "queryPortalMeter")
                        .header("authorization")
                        .query("clientId", "from", "to", "windowSize", "windowTimeZone")
                        .queryList("groupBy")
                        .queryMap("filterGroupBy")
                        .produces(JSON, CSV)
                        .answersMayBeLarge()
                        .forBrowsers()));
    }

    @Bean
    Routes portalCustomerRoutes(ObjectProvider<PageConverter> converters) {
        return new Routes(List.of(
                Route.get("/api/v1/portal/meters", "listPortalMeters")
                        .header("authorization")
                        .query("page", "pageSize")
                        .forBrowsers(),
                Route.get("/api/v1/portal/access", "getPortalAccess")
                        .header("authorization")
                        .forBrowsers(),
                Route.get("/api/v1/portal/invoices", "listPortalInvoices")
                        .header("authorization")
                        .query("page", "pageSize")
                        .answersMayBeLarge()
                        .forBrowsers(),
                Route.get("/api/v1/portal/invoices/{invoiceId}", "getPortalInvoice")
                        .header("authorization")
                        .produces(InvoiceRepresentations.mediaTypes(
                                converters.orderedStream().toList()))
                        .answersMayBeLarge()
                        .forBrowsers()));
    }

    @Bean
    CreatePortalToken createPortalToken(
            PortalTokens tokens, Meters meters, ObjectProvider<Documents> json, Clock clock) {
        return new CreatePortalToken(signature, tokens, new MeterLookup(meters), json::getObject, clock);
    }

    @Bean
    ListPortalTokens listPortalTokens(PortalTokens tokens, Clock clock) {
        return new ListPortalTokens(signature, tokens, clock);
    }

    @Bean
    InvalidatePortalTokens invalidatePortalTokens(PortalTokens tokens) {
        return new InvalidatePortalTokens(signature, tokens);
    }

    @Bean
    @Lazy
    TokenCheck tokenCheck(PortalTokens tokens, Clock clock) {
        return new TokenCheck(signature, tokens, clock);
    }

    @Bean
    QueryPortalMeter queryPortalMeter(TokenCheck check, Meters meters, QueryUsage usage) {
        return new QueryPortalMeter(
                check, new QueryPortalMeter.Queries(new MeterLookup(meters), usage, limits.portal()));
    }

    @Bean
    ListPortalMeters listPortalMeters(TokenCheck check, Meters meters) {
        return new ListPortalMeters(check, meters);
    }

    @Bean
    @Lazy
    GetPortalAccess.Values portalValues(Entitlements entitlements, Features features, Environment environment) {
        return new GetPortalAccess.Values(entitlements, features, AccessModule.maximum(environment));
    }

    @Bean
    GetPortalAccess getPortalAccess(TokenCheck check, Customers customers, GetPortalAccess.Values values) {
        return new GetPortalAccess(check, customers, values);
    }

    @Bean
    ListPortalInvoices listPortalInvoices(TokenCheck check, Customers customers, Invoices invoices) {
        return new ListPortalInvoices(check, customers, invoices);
    }

    @Bean
    GetPortalInvoice getPortalInvoice(
            TokenCheck check, Customers customers, Invoices invoices, ObjectProvider<PageConverter> converters) {
        return new GetPortalInvoice(
                check, customers, invoices, converters.orderedStream().toList());
    }
}

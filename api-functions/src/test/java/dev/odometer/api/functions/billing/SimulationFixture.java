package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.billing.LineDraft.Card;
import dev.odometer.api.functions.billing.LineDraft.Period;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.PriceDraft.Component;
import dev.odometer.api.functions.pricing.PriceDraft.TierDraft;
import dev.odometer.api.functions.profiles.CustomerProfiles;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.meter.Meter;
import dev.odometer.views.InvoiceLineView;
import dev.odometer.views.InvoiceView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A customer, features with and without a meter, and simulations of invoices to the customer. */
abstract class SimulationFixture {

    static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");
    static final PriceDraft GRADUATED = tiered(
            "graduated",
            new TierDraft(Optional.of("100"), new Component("flat", "5"), new Component("unit", "0.1")),
            new TierDraft(Optional.of("1000"), null, new Component("unit", "0.05")),
            new TierDraft(Optional.empty(), null, new Component("unit", "0.01")));

    final ApiFixture fixture = new ApiFixture();
    final Customer acme = fixture.customer("acme", "a1");
    final SimulateInvoice simulate = new SimulateInvoice(
            fixture.customerLookup,
            new CustomerProfiles(fixture.profiles),
            new FeatureLookup(fixture.features),
            fixture.ids,
            fixture.clock);

    SimulationFixture() {
        Meter tokens = fixture.tokens();
        fixture.features.add(Examples.feature("api_calls", tokens, Map.of()));
        fixture.features.add(Examples.feature("sso"));
        fixture.features.add(Examples.feature("old", tokens, Map.of()));
        fixture.features.archive("f-old", ApiFixture.NOW);
    }

    static PriceDraft tiered(String mode, TierDraft... tiers) {
        return new PriceDraft("tiered", null, null, mode, List.of(tiers), null, null, null, null);
    }

    static PriceDraft unit(String amount) {
        return new PriceDraft("unit", amount, null, null, null, null, null, null, null);
    }

    static SimulatedLineDraft line(PriceDraft price, String quantity) {
        return line(price, quantity, "api_calls");
    }

    static SimulatedLineDraft line(PriceDraft price, String quantity, @Nullable String featureKey) {
        return new SimulatedLineDraft(
                null, "API calls", null, null, new Period(FROM, TO), TO, quantity, null, price, null, featureKey, null);
    }

    static SimulatedLineDraft card(Card card, String quantity, @Nullable String before) {
        return new SimulatedLineDraft(
                null, "API calls", null, null, new Period(FROM, TO), TO, quantity, before, null, card, null, null);
    }

    InvoiceView invoice(SimulatedLineDraft... lines) {
        return simulate.apply(new SimulateInvoice.Input("acme", "USD", null, List.of(lines)));
    }

    Refusal refusal(SimulatedLineDraft... lines) {
        return catchThrowableOfType(Refusal.class, () -> invoice(lines));
    }

    static List<InvoiceLineView> lines(InvoiceView invoice) {
        return Objects.requireNonNull(invoice.lines());
    }
}

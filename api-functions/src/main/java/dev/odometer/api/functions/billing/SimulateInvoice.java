package dev.odometer.api.functions.billing;

import dev.odometer.api.functions.billing.SimulatedLineDraft.Unrated;
import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Items;
import dev.odometer.api.functions.profiles.CustomerProfiles;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceLine.Item;
import dev.odometer.metering.invoice.InvoiceTimes;
import dev.odometer.metering.money.Currencies;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import dev.odometer.metering.resource.Text;
import dev.odometer.views.InvoiceView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Computes the invoice for given quantities and prices. Nothing is stored, and no usage is read. */
public final class SimulateInvoice implements Function<SimulateInvoice.Input, InvoiceView> {

    private static final int MAX_LINES = 1000;
    /** Bounds the memory of the answer: a line may have two charges for each of 1,000 tiers. */
    private static final int MAX_CHARGES = 10_000;

    private static final int MAX_NUMBER_LENGTH = 256;

    private final CustomerLookup customers;
    private final CustomerProfiles profiles;
    private final LineCheck check;
    private final Supplier<String> ids;
    private final Clock clock;

    public SimulateInvoice(
            CustomerLookup customers,
            CustomerProfiles profiles,
            FeatureLookup features,
            Supplier<String> ids,
            Clock clock) {
        this.customers = customers;
        this.profiles = profiles;
        this.check = new LineCheck(features);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The invoice to simulate.
     *
     * @param customerId an id or a key
     * @param currency the code of a currency in use
     * @param number INV-SIMULATED when absent
     * @param lines 1 to 1,000
     */
    public record Input(
            String customerId,
            @Required @Nullable String currency,
            @Nullable String number,
            @Required @Nullable List<@Nullable SimulatedLineDraft> lines) {}

    @Override
    public InvoiceView apply(Input input) {
        Customer customer = customers.live(input.customerId);
        Currency currency = Currencies.parse("currency", Bounds.required("currency", input.currency));
        String number =
                Text.checked("number", Objects.requireNonNullElse(input.number, "INV-SIMULATED"), MAX_NUMBER_LENGTH);
        List<Unrated> lines = Items.each("lines", input.lines, MAX_LINES, SimulatedLineDraft::toLine);
        checkIds(lines);
        check.features(lines.stream().map(Unrated::line).toList());
        CustomerProfiles.Assigned assigned = profiles.of(customer.id());
        Instant now = clock.instant();
        var invoice = new Invoice(
                ids.get(),
                Invoice.Kind.STANDARD,
                number,
                currency,
                new Invoice.Parties(assigned.profile().supplier(), customer),
                assigned.terms(),
                Invoice.Note.NONE,
                new InvoiceTimes(now, now, now, null, null, null, null, null),
                null,
                null,
                rated(lines, currency));
        return InvoiceView.unstored(invoice, now);
    }

    private static void checkIds(List<Unrated> lines) {
        var known = new HashSet<String>();
        for (int i = 0; i < lines.size(); i++) {
            String id = lines.get(i).id();
            if (id != null && !known.add(id)) {
                throw Refusal.invalid("lines[" + i + "].id must differ from that of the other lines: " + id);
            }
        }
    }

    private List<InvoiceLine> rated(List<Unrated> lines, Currency currency) {
        var rated = new ArrayList<InvoiceLine>();
        int charges = 0;
        for (Unrated line : lines) {
            InvoiceLine next = rated(line, currency);
            charges += next.details().size();
            if (charges > MAX_CHARGES) {
                throw Refusal.invalid(
                        "the invoice has more than " + MAX_CHARGES + " charges; use fewer lines or fewer tiers");
            }
            rated.add(next);
        }
        return rated;
    }

    private InvoiceLine rated(Unrated line, Currency currency) {
        Item item = line.line().item();
        Pricing pricing = item.pricing();
        RatedLine rated = pricing == null
                ? new RatedLine(line.usage(), line.usage(), currency, List.of())
                : Rating.rate(pricing, currency, line.usage());
        return new InvoiceLine(
                line.id() == null ? ids.get() : line.id(),
                line.line().wording(),
                item,
                rated,
                rated.charges().stream()
                        .map(charge -> DetailedLine.of(charge, ids))
                        .toList(),
                rated.isUsageDiscounted() ? ids.get() : null,
                null);
    }
}

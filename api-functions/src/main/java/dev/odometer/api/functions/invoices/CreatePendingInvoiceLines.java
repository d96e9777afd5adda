package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.billing.LineCheck;
import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Items;
import dev.odometer.api.functions.invoices.PendingLineDraft.Pending;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.Invoices;
import dev.odometer.metering.invoice.Invoices.Gathering;
import dev.odometer.metering.money.Currencies;
import dev.odometer.views.InvoiceLineView;
import dev.odometer.views.InvoiceView;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds pending lines, which the next invoice bills after they are due. */
public final class CreatePendingInvoiceLines
        implements Function<CreatePendingInvoiceLines.Input, CreatePendingInvoiceLines.Created> {

    private static final int MAX_LINES = 1000;

    private final CustomerLookup customers;
    private final Invoices invoices;
    private final LineCheck check;
    private final PendingLines pending;
    private final Supplier<String> ids;
    private final Clock clock;

    /** @param pending shows the lines */
    CreatePendingInvoiceLines(
            CustomerLookup customers,
            Invoices invoices,
            LineCheck check,
            PendingLines pending,
            Supplier<String> ids,
            Clock clock) {
        this.customers = customers;
        this.invoices = invoices;
        this.check = check;
        this.pending = pending;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * The lines.
     *
     * @param customerId an id or a key
     * @param currency the code of a currency in use
     * @param lines 1 to 1,000
     */
    public record Input(
            String customerId,
            @Required @Nullable String currency,
            @Required @Nullable List<@Nullable PendingLineDraft> lines) {}

    /**
     * The new lines.
     *
     * @param invoice the gathering invoice: all pending lines of the customer and currency
     * @param isInvoiceNew whether there were no pending lines before
     */
    public record Created(List<InvoiceLineView> lines, InvoiceView invoice, boolean isInvoiceNew) {}

    @Override
    public Created apply(Input input) {
        Instant now = clock.instant();
        Customer customer = customers.live(input.customerId);
        Currency currency = Currencies.parse("currency", Bounds.required("currency", input.currency));
        List<Pending> drafts = Items.each("lines", input.lines, MAX_LINES, PendingLineDraft::toPending);
        List<BillableItem> items = items(drafts, currency);
        Gathering gathering = invoices.add(customer.id(), items, now);
        InvoiceView invoice =
                InvoiceView.gathering(pending.of(gathering, customer, now), InvoiceView.Shown.withLines(now));
        Set<String> added = items.stream().map(BillableItem::key).collect(Collectors.toSet());
        List<InvoiceLineView> lines = invoice.lines() == null ? List.of() : invoice.lines();
        return new Created(
                lines.stream().filter(line -> added.contains(line.id())).toList(), invoice, gathering.isNew());
    }

    private List<BillableItem> items(List<Pending> drafts, Currency currency) {
        Map<String, Feature> features =
                check.features(drafts.stream().map(Pending::line).toList());
        var keys = new HashSet<String>();
        return drafts.stream()
                .map(draft -> {
                    Feature feature = features.get(draft.line().item().featureKey());
                    BillableItem item = draft.toItem(currency, feature == null ? null : feature.id(), ids);
                    if (!keys.add(item.key())) {
                        throw Refusal.invalid("lines must have different ids: " + item.key());
                    }
                    return item;
                })
                .toList();
    }
}

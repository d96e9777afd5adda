package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.billing.LineCheck;
import dev.odometer.api.functions.billing.LineDraft.Priced;
import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.invoice.BillableItem;
import dev.odometer.metering.invoice.Evidence;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceEdit;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the lines that a user adds to a draft. */
final class AddedLines {

    /** Each of them takes one query of usage. */
    private static final int MAX_BY_USAGE = 20;

    private final CustomerLookup customers;
    private final LineCheck check;
    private final LineUsage usage;
    private final Supplier<String> ids;

    AddedLines(CustomerLookup customers, LineCheck check, LineUsage usage, Supplier<String> ids) {
        this.customers = customers;
        this.check = check;
        this.usage = usage;
        this.ids = ids;
    }

    /** @throws Refusal when a price, a discount or a feature is invalid */
    List<InvoiceLine> of(List<LineEdit> edits, Invoice draft, Settlement.Request request) {
        var byPlace = new LinkedHashMap<String, Priced>();
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).id() == null) {
                byPlace.put("lines[" + i + "]", edits.get(i).line());
            }
        }
        if (byPlace.isEmpty()) {
            return List.of();
        }
        Map<String, Feature> features = check.features(byPlace);
        if (byPlace.values().stream().filter(Priced::isByUsage).count() > MAX_BY_USAGE) {
            throw Refusal.invalid("lines must have at most " + MAX_BY_USAGE + " new lines with a usage-based price");
        }
        Set<String> subjects = customers.any(draft.parties().customer().id()).subjects();
        var lines = new ArrayList<InvoiceLine>();
        byPlace.forEach((place, line) -> lines.add(line(line, draft, request, new Scope(place, features, subjects))));
        return lines;
    }

    /** The place of a line in the request, and what its usage is read with. */
    private record Scope(String place, Map<String, Feature> features, Set<String> subjects) {}

    private InvoiceLine line(Priced line, Invoice draft, Settlement.Request request, Scope scope) {
        Feature feature = line.isByUsage() ? scope.features.get(line.item().featureKey()) : null;
        if (feature == null) {
            return InvoiceEdit.added(item(line, draft, null), null, request, ids);
        }
        BillableItem item = item(line, draft, feature.id());
        if (!item.usageRange().start().isBefore(request.now())) {
            throw Refusal.invalid(scope.place + ".period.from must be in the past: "
                    + line.item().period().start());
        }
        Evidence evidence =
                usage.read(Objects.requireNonNull(feature.measure()), scope.subjects, item.usageRange(), request.now());
        return InvoiceEdit.added(item, evidence, request, ids);
    }

    private BillableItem item(Priced line, Invoice draft, @Nullable String featureId) {
        return new BillableItem(ids.get(), draft.currency(), line.wording(), line.item(), featureId, null);
    }
}

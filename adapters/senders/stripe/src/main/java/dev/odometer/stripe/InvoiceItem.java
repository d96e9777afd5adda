package dev.odometer.stripe;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An item of an invoice in Stripe. The items of an invoice follow from the invoice alone, so each attempt has the same
 * ones.
 *
 * @param id unique in the invoice: that of a detailed line or of a line, {@code rest} or {@code tax}
 * @param amount net of discounts
 * @param line absent if it does not belong to a single line
 */
record InvoiceItem(
        String id,
        Money amount,
        String description,
        Window period,
        @Nullable InvoiceLine line) {

    /** The number of items that Stripe accepts for an invoice. */
    static final int MAX_ITEMS = 250;

    /**
     * The items, in order: one for each charge; above Stripe's limit one for each line; above the limit again, the
     * lines beyond it are one item. Tax is the last one. Amounts of 0 are left out.
     *
     * @return empty when nothing is charged
     * @throws Refusal INVALID when Stripe cannot represent an amount
     */
    static List<InvoiceItem> of(Invoice invoice) {
        int limit = invoice.tax().isZero() ? MAX_ITEMS : MAX_ITEMS - 1;
        List<InvoiceItem> items = charges(invoice);
        if (items.size() > limit) {
            items = lines(invoice);
        }
        if (items.size() > limit) {
            items = limited(items, invoice, limit);
        }
        var all = new ArrayList<>(items);
        if (!invoice.tax().isZero()) {
            String percent =
                    invoice.terms().tax().percent().stripTrailingZeros().toPlainString();
            all.add(new InvoiceItem("tax", invoice.tax(), "Tax " + percent + " %", invoice.period(), null));
        }
        all.forEach(item -> StripeAmount.of(item.amount));
        requireSum(all, invoice);
        return all;
    }

    private static List<InvoiceItem> charges(Invoice invoice) {
        return invoice.charged().stream()
                .flatMap(line -> line.details().stream().map(detail -> charge(line, detail)))
                .filter(InvoiceItem::isCharged)
                .toList();
    }

    private static InvoiceItem charge(InvoiceLine line, DetailedLine detail) {
        return new InvoiceItem(
                detail.id(),
                detail.charge().total(),
                line.nameOf(detail),
                line.item().period(),
                line);
    }

    private static List<InvoiceItem> lines(Invoice invoice) {
        return invoice.charged().stream()
                .map(line -> new InvoiceItem(
                        line.id(),
                        line.totals().total(),
                        line.wording().name(),
                        line.item().period(),
                        line))
                .filter(InvoiceItem::isCharged)
                .toList();
    }

    private static List<InvoiceItem> limited(List<InvoiceItem> items, Invoice invoice, int limit) {
        List<InvoiceItem> rest = items.subList(limit - 1, items.size());
        var one = new InvoiceItem(
                "rest", sum(rest, invoice), rest.size() + " more lines of " + invoice.number(), invoice.period(), null);
        return Stream.concat(
                        items.subList(0, limit - 1).stream(), Stream.of(one).filter(InvoiceItem::isCharged))
                .toList();
    }

    private boolean isCharged() {
        return !amount.isZero();
    }

    private static Money sum(List<InvoiceItem> items, Invoice invoice) {
        return items.stream().map(InvoiceItem::amount).reduce(Money.zero(invoice.currency()), Money::plus);
    }

    private static void requireSum(List<InvoiceItem> items, Invoice invoice) {
        Money sum = sum(items, invoice);
        if (!sum.equals(invoice.total())) {
            throw Refusal.invalid("the charges add up to " + sum.amount().toPlainString()
                    + ", but the total of the invoice is "
                    + invoice.total().amount().toPlainString());
        }
    }
}

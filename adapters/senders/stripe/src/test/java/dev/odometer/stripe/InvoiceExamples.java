package dev.odometer.stripe;

import dev.odometer.metering.invoice.DetailedLine;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.RatedCharge;
import dev.odometer.metering.pricing.RatedLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/** Variations of an issued invoice. */
final class InvoiceExamples {

    private InvoiceExamples() {}

    /** With other lines, each with a charge for each amount; an amount {@code 10-1} is 10 with a discount of 1. */
    static Invoice withLines(Invoice invoice, List<List<String>> lines) {
        return withLines(invoice, invoice.currency(), lines);
    }

    static Invoice withLines(Invoice invoice, Currency currency, List<List<String>> lines) {
        var all = new ArrayList<InvoiceLine>();
        for (List<String> amounts : lines) {
            all.add(line(invoice.lines().get(0), "line-" + all.size(), currency, amounts));
        }
        return new Invoice(
                invoice.id(),
                invoice.kind(),
                invoice.number(),
                currency,
                invoice.parties(),
                invoice.terms(),
                invoice.note(),
                invoice.times(),
                null,
                null,
                all);
    }

    private static InvoiceLine line(InvoiceLine like, String id, Currency currency, List<String> amounts) {
        List<RatedCharge> charges = amounts.stream()
                .map(amount -> charge(like.rated().charges().get(0), amount, currency))
                .toList();
        var rated = new RatedLine(like.rated().metered(), like.rated().billable(), currency, charges);
        int[] details = {0};
        return new InvoiceLine(
                id,
                like.wording(),
                like.item(),
                rated,
                charges.stream()
                        .map(charge -> DetailedLine.of(charge, () -> id + "-" + ++details[0]))
                        .toList(),
                null,
                like.origin());
    }

    private static RatedCharge charge(RatedCharge like, String amount, Currency currency) {
        // A discount follows the first digit.
        int discount = amount.indexOf('-', 1);
        Money zero = Money.zero(currency);
        return new RatedCharge(
                like.charge(),
                new Money(new BigDecimal(discount < 0 ? amount : amount.substring(0, discount)), currency),
                discount < 0 ? zero : new Money(new BigDecimal(amount.substring(discount + 1)), currency),
                zero);
    }

    static Invoice taxed(Invoice invoice, String percent) {
        var rate = new TaxRate(TaxRate.Category.STANDARD, new BigDecimal(percent), null);
        return with(
                invoice,
                new Invoice.Terms(invoice.terms().profileId(), invoice.terms().workflow(), rate));
    }

    /** Paid by bank transfer. */
    static Invoice sent(Invoice invoice) {
        Workflow flow = invoice.terms().workflow();
        var sent = new Workflow(
                flow.anchored(),
                flow.collectionInterval(),
                flow.autoAdvance(),
                flow.draftPeriod(),
                flow.dueAfter(),
                flow.progressiveBilling(),
                flow.endProration(),
                Workflow.CollectionMethod.SEND_INVOICE);
        return with(
                invoice,
                new Invoice.Terms(
                        invoice.terms().profileId(), sent, invoice.terms().tax()));
    }

    private static Invoice with(Invoice invoice, Invoice.Terms terms) {
        return new Invoice(
                invoice.id(),
                invoice.kind(),
                invoice.number(),
                invoice.currency(),
                invoice.parties(),
                terms,
                invoice.note(),
                invoice.times(),
                null,
                null,
                invoice.lines());
    }

    static List<List<String>> each(String... amounts) {
        return Stream.of(amounts).map(List::of).toList();
    }
}

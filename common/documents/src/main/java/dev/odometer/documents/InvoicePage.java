package dev.odometer.documents;

import dev.odometer.documents.Markup.Attribute;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine.Totals;
import dev.odometer.metering.invoice.InvoiceTimes;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.invoice.Workflow.CollectionMethod;
import dev.odometer.metering.money.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An invoice as a page, to send or to print. Tables place the columns, since renderers of PDF know no other layout. */
final class InvoicePage {

    private final InvoiceDocument document;
    private final Invoice invoice;
    private final Markup html;

    InvoicePage(InvoiceDocument document) {
        this.document = document;
        this.invoice = document.invoice();
        this.html = new Markup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                + "<meta name=\"viewport\" content=\"width=device-width\"/>\n<style>" + PageStyle.CSS + "</style>\n");
        write();
    }

    private String title() {
        String kind = document.isCredit() ? "Credit note" : "Invoice";
        return invoice.times().isIssued() ? kind : "Draft " + (document.isCredit() ? "credit note" : "invoice");
    }

    private void write() {
        html.leaf("title", title() + " " + document.number()).raw("</head><body>\n");
        mark();
        html.in(
                "table",
                Attribute.style("head"),
                () -> html.in("tr", () -> {
                    html.in("td", () -> {
                        html.leaf("h1", title());
                        html.leaf("p", Attribute.style("number"), document.number());
                    });
                    html.in("td", Attribute.style("party"), this::seller);
                }));
        html.in(
                "table",
                Attribute.style("head"),
                () -> html.in("tr", () -> {
                    html.in("td", Attribute.style("party"), this::buyer);
                    html.in("td", this::facts);
                }));
        new PageLines(document, html).write();
        html.in("table", Attribute.style("totals"), this::totals);
        html.in("div", Attribute.style("terms"), this::terms);
        html.raw("</body></html>\n");
    }

    /** Drafts, deleted drafts and voided invoices have a mark on every page, because they are not valid invoices. */
    private void mark() {
        InvoiceTimes times = invoice.times();
        if (times.voidedAt() != null) {
            mark("Void", "This document was voided on " + day(times.voidedAt()) + ". No payment is due.");
        } else if (times.deletedAt() != null) {
            mark("Deleted", "This draft was deleted on " + day(times.deletedAt()) + ".");
        } else if (!times.isIssued()) {
            mark("Draft", "This is a draft. It has no number yet, and its lines can change.");
        }
    }

    private void mark(String word, String sentence) {
        html.leaf("div", Attribute.style("mark"), word.toUpperCase(Locale.ROOT));
        html.in(
                "p",
                Attribute.style("notice"),
                () -> html.leaf("strong", word + ".").text(" " + sentence));
    }

    private void seller() {
        Supplier supplier = invoice.parties().supplier();
        html.leaf("h2", "From");
        party(supplier.name(), supplier.address(), supplier.taxId());
    }

    private void buyer() {
        Customer customer = invoice.parties().customer();
        html.leaf("h2", document.isCredit() ? "Credit to" : "Bill to");
        party(customer.name(), customer.billingAddress(), customer.taxId());
        optional(customer.primaryEmail());
    }

    private void party(String name, @Nullable Address address, @Nullable String taxId) {
        line(Attribute.style("name"), name);
        if (address != null) {
            optional(address.line1());
            optional(address.line2());
            optional(Stream.of(address.postalCode(), address.city(), address.state())
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" ")));
            optional(address.country() == null ? null : Countries.name(address.country()));
            optional(address.phoneNumber());
        }
        optional(taxId == null ? null : "Tax ID: " + taxId);
    }

    private void optional(@Nullable String text) {
        if (text != null && !text.isEmpty()) {
            line(Attribute.style("line"), text);
        }
    }

    /** A text of a user; its writing direction must not affect the surrounding text. */
    private void line(Attribute style, String text) {
        html.in("div", style, () -> html.leaf("bdi", text));
    }

    private void facts() {
        html.in("table", Attribute.style("facts"), () -> {
            Instant issuedAt = invoice.times().issuedAt();
            fact("Date", issuedAt == null ? "not issued" : day(issuedAt));
            if (issuedAt != null && !document.isCredit()) {
                fact("Due", day(invoice.dueAt()));
            }
            fact("Period", Numbers.words(document.days(document.period())));
            String key = invoice.parties().customer().key();
            if (key != null) {
                fact("Customer", key);
            }
            for (Corrected earlier : document.corrected()) {
                fact("Corrects", earlier.number() + " of " + day(earlier.issuedAt()));
            }
        });
    }

    private void fact(String name, String value) {
        html.in("tr", () -> {
            html.leaf("th", name);
            html.in("td", () -> html.leaf("bdi", value));
        });
    }

    private void totals() {
        Totals net = invoice.net();
        if (!net.charges().isZero() || !net.discounts().isZero()) {
            total("Usage and fees", document.shown(net.amount()));
            if (!net.charges().isZero()) {
                total("Minimum spend", document.shown(net.charges()));
            }
            if (!net.discounts().isZero()) {
                total("Discounts", document.shown(net.discounts().negated()));
            }
        }
        total("Net", document.shown(net.total()));
        TaxRate rate = invoice.terms().tax();
        boolean isTaxed = rate.category() == TaxRate.Category.STANDARD;
        String category = rate.category().wireName().replace('_', ' ');
        total(
                "Tax " + (isTaxed ? Numbers.plain(rate.percent()) + " %" : "(" + category + ")"),
                document.shown(invoice.tax()));
        html.in(
                "tr",
                Attribute.style("total"),
                () -> sum(document.isCredit() ? "Total credited" : "Total", document.shown(invoice.total())));
    }

    private void total(String name, Money amount) {
        html.in("tr", () -> sum(name, amount));
    }

    private void sum(String name, Money amount) {
        html.leaf("th", name);
        html.leaf(
                "td", Attribute.style("figure"), invoice.currency().getCurrencyCode() + " " + Numbers.grouped(amount));
    }

    private void terms() {
        String exemption = invoice.terms().tax().exemptionReason();
        if (exemption != null) {
            html.in("p", () -> html.leaf("bdi", exemption));
        }
        if (invoice.times().isIssued() && invoice.times().voidedAt() == null) {
            html.leaf("p", payment());
        }
        String note = invoice.note().description();
        if (note != null && !note.isBlank()) {
            html.in("p", Attribute.style("note"), () -> html.leaf("bdi", note));
        }
        html.leaf(
                "p",
                Attribute.style("small"),
                "Dates are in the time zone " + (document.zone().equals(ZoneOffset.UTC) ? "UTC" : document.zone())
                        + ".");
    }

    private String payment() {
        if (document.isCredit()) {
            return "The amount is credited to the customer. No payment is due.";
        }
        if (invoice.total().isZero()) {
            return "No payment is due.";
        }
        String due = day(invoice.dueAt());
        return invoice.terms().workflow().collectionMethod() == CollectionMethod.CHARGE_AUTOMATICALLY
                ? "The amount is collected automatically by " + due + "."
                : "Please pay by " + due + " and state the number " + document.number() + ".";
    }

    private String day(Instant time) {
        return Numbers.words(document.date(time));
    }

    /** Loaded when the first page with a country is written. */
    private static final class Countries {
        static String name(String code) {
            String name = new Locale("", code).getDisplayCountry(Locale.ENGLISH);
            return name.isEmpty() ? code : name;
        }
    }

    @Override
    public String toString() {
        return html.toString();
    }
}

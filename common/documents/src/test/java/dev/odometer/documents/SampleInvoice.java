package dev.odometer.documents;

import dev.odometer.metering.customer.Address;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceTimes;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.resource.Lifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invoice from Odometer GmbH in Berlin to Acme SARL in Lyon, of which tests change single parts.
 *
 * @param issuedAt absent for a draft
 * @param voidedAt absent unless it is voided
 */
public record SampleInvoice(
        Currency currency,
        Supplier supplier,
        Customer customer,
        TaxRate tax,
        Workflow workflow,
        @Nullable Instant issuedAt,
        @Nullable Instant voidedAt,
        @Nullable String description,
        List<InvoiceLine> lines) {

    public static final Instant ISSUED_AT = Instant.parse("2026-12-01T06:30:00Z");
    public static final TaxRate GERMAN = new TaxRate(TaxRate.Category.STANDARD, new BigDecimal("19"), null);
    public static final TaxRate REVERSE_CHARGE =
            new TaxRate(TaxRate.Category.REVERSE_CHARGE, BigDecimal.ZERO, "Reverse charge");
    public static final Supplier SELLER = new Supplier(
            "odometer",
            "Odometer GmbH",
            "DE123456789",
            new Address("DE", "10115", null, "Berlin", "Hauptstraße 1", null, "+49 30 1234567"));
    public static final Customer BUYER = customer(
            "Acme & Söhne SARL",
            "FR40303265045",
            new Address("FR", "69001", null, "Lyon", "1 rue de la République", "2ème étage", null));

    /** In euros, with 19 % tax, issued. */
    public static SampleInvoice of(InvoiceLine... lines) {
        return new SampleInvoice(
                Currency.getInstance("EUR"),
                SELLER,
                BUYER,
                GERMAN,
                Workflow.DEFAULT,
                ISSUED_AT,
                null,
                null,
                List.of(lines));
    }

    public static Customer customer(String name, @Nullable String taxId, @Nullable Address address) {
        return new Customer(
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "acme",
                name,
                null,
                List.of(),
                null,
                "billing@acme.example",
                address,
                taxId,
                null,
                Map.of(),
                Lifecycle.created(ISSUED_AT));
    }

    /** Acme in a time zone. */
    public static Customer buyerIn(ZoneId zone) {
        return new Customer(
                BUYER.id(),
                BUYER.key(),
                BUYER.name(),
                null,
                List.of(),
                null,
                BUYER.primaryEmail(),
                BUYER.billingAddress(),
                BUYER.taxId(),
                zone,
                Map.of(),
                BUYER.lifecycle());
    }

    public SampleInvoice in(Currency other) {
        return new SampleInvoice(other, supplier, customer, tax, workflow, issuedAt, voidedAt, description, lines);
    }

    public SampleInvoice from(Supplier other) {
        return new SampleInvoice(currency, other, customer, tax, workflow, issuedAt, voidedAt, description, lines);
    }

    public SampleInvoice to(Customer other) {
        return new SampleInvoice(currency, supplier, other, tax, workflow, issuedAt, voidedAt, description, lines);
    }

    public SampleInvoice taxed(TaxRate other) {
        return new SampleInvoice(currency, supplier, customer, other, workflow, issuedAt, voidedAt, description, lines);
    }

    public SampleInvoice with(Workflow other) {
        return new SampleInvoice(currency, supplier, customer, tax, other, issuedAt, voidedAt, description, lines);
    }

    public SampleInvoice draft() {
        return new SampleInvoice(currency, supplier, customer, tax, workflow, null, null, description, lines);
    }

    public SampleInvoice voided() {
        return new SampleInvoice(currency, supplier, customer, tax, workflow, issuedAt, ISSUED_AT, description, lines);
    }

    public SampleInvoice described(@Nullable String text) {
        return new SampleInvoice(currency, supplier, customer, tax, workflow, issuedAt, voidedAt, text, lines);
    }

    /** A credit note if the sum is negative. */
    public Invoice invoice() {
        Money sum = lines.stream().map(line -> line.totals().total()).reduce(Money.zero(currency), Money::plus);
        boolean isCredit = sum.signum() < 0;
        Instant created = SampleLine.NOVEMBER.end();
        return new Invoice(
                "01ARZ3NDEKTSV4RRFFQ69G5FB0",
                isCredit ? Invoice.Kind.CREDIT_NOTE : Invoice.Kind.STANDARD,
                issuedAt == null ? null : "INV-2",
                currency,
                new Invoice.Parties(supplier, customer),
                new Invoice.Terms("profile", workflow, tax),
                new Invoice.Note(description, Map.of(), voidedAt == null ? null : "a test"),
                new InvoiceTimes(created, created, created, created, issuedAt, issuedAt, voidedAt, null),
                isCredit ? "invoice-1" : null,
                null,
                lines);
    }

    /** With a reference to an earlier invoice if it corrects one. */
    public InvoiceDocument document() {
        Invoice invoice = invoice();
        List<Corrected> corrected = Corrected.ids(invoice).stream()
                .map(id -> new Corrected("INV-1", SampleLine.NOVEMBER.start()))
                .distinct()
                .toList();
        return new InvoiceDocument(invoice, corrected);
    }
}

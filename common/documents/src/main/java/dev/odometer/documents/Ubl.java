package dev.odometer.documents;

import static dev.odometer.documents.UblRequirements.isBlank;

import dev.odometer.documents.Markup.Attribute;
import dev.odometer.metering.customer.Address;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.invoice.Workflow.CollectionMethod;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An invoice in UBL 2.1, as EN 16931 profiles it: the document without its lines. The order of elements is that of the
 * schema. An element that would be empty is left out.
 */
final class Ubl {

    private static final String NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:";
    private static final String PROLOGUE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final int DECIMALS = 2;

    /** See the code list VATEX of the standard. */
    private static final Map<TaxRate.Category, String> EXEMPTION_CODES = Map.of(
            TaxRate.Category.REVERSE_CHARGE, "VATEX-EU-AE",
            TaxRate.Category.INTRA_COMMUNITY, "VATEX-EU-IC",
            TaxRate.Category.EXPORT, "VATEX-EU-G",
            TaxRate.Category.NOT_SUBJECT, "VATEX-EU-O");

    private final InvoiceDocument document;
    private final Invoice invoice;
    private final Markup xml = new Markup(PROLOGUE);

    /** @param document that meets {@link UblRequirements} */
    Ubl(InvoiceDocument document) {
        this.document = document;
        this.invoice = document.invoice();
        write();
    }

    private void write() {
        String root = document.isCredit() ? "CreditNote" : "Invoice";
        // The only element with several attributes: its namespaces are constants.
        xml.raw("<" + root + " xmlns=\"" + NAMESPACE + root + "-2\" xmlns:cac=\"" + NAMESPACE
                + "CommonAggregateComponents-2\" xmlns:cbc=\"" + NAMESPACE + "CommonBasicComponents-2\">\n");
        head();
        parties();
        delivery();
        terms();
        tax();
        totals();
        new UblLines(this).write();
        xml.raw("</" + root + ">\n");
    }

    private void head() {
        Instant issuedAt = Objects.requireNonNull(invoice.times().issuedAt());
        leaf("CustomizationID", "urn:cen.eu:en16931:2017");
        leaf("ID", document.number());
        leaf("IssueDate", document.date(issuedAt).toString());
        if (document.isCredit()) {
            leaf("CreditNoteTypeCode", "381");
        } else {
            leaf("DueDate", document.date(invoice.dueAt()).toString());
            leaf("InvoiceTypeCode", "380");
        }
        optional("Note", invoice.note().description());
        leaf("DocumentCurrencyCode", invoice.currency().getCurrencyCode());
        period(document.period());
        for (Corrected earlier : document.corrected()) {
            in(
                    "BillingReference",
                    () -> in("InvoiceDocumentReference", () -> {
                        leaf("ID", earlier.number());
                        leaf("IssueDate", document.date(earlier.issuedAt()).toString());
                    }));
        }
    }

    void period(Window period) {
        in("InvoicePeriod", () -> {
            leaf("StartDate", document.days(period).first().toString());
            leaf("EndDate", document.days(period).last().toString());
        });
    }

    private void parties() {
        // A document that is not subject to VAT must not contain VAT ids (BR-O-02).
        boolean hasVatIds = invoice.terms().tax().category() != TaxRate.Category.NOT_SUBJECT;
        var seller = UblParty.of(invoice.parties().supplier(), hasVatIds);
        var buyer = UblParty.of(invoice.parties().customer(), hasVatIds);
        in("AccountingSupplierParty", () -> seller.write(this));
        in("AccountingCustomerParty", () -> buyer.write(this));
    }

    /** Required for supplies within the European Union (BR-IC-12). */
    private void delivery() {
        Address address = invoice.parties().customer().billingAddress();
        if (invoice.terms().tax().category() == TaxRate.Category.INTRA_COMMUNITY && address != null) {
            in("Delivery", () -> in("DeliveryLocation", () -> in("Address", () -> country(address))));
        }
    }

    void country(Address address) {
        in("Country", () -> leaf("IdentificationCode", Objects.requireNonNull(address.country())));
    }

    private void terms() {
        if (document.isCredit()) {
            paymentTerms("The amount is credited.");
        } else if (invoice.terms().workflow().collectionMethod() == CollectionMethod.CHARGE_AUTOMATICALLY) {
            paymentTerms("The amount is collected automatically.");
        }
    }

    private void paymentTerms(String text) {
        in("PaymentTerms", () -> leaf("Note", text));
    }

    private void tax() {
        Money net = document.shown(invoice.net().total());
        Money tax = document.shown(invoice.tax());
        in("TaxTotal", () -> {
            amount("TaxAmount", tax);
            in("TaxSubtotal", () -> {
                amount("TaxableAmount", net);
                amount("TaxAmount", tax);
                taxCategory("TaxCategory", true);
            });
        });
    }

    /** @param withReason whether the reason for an exemption is written, if there is one */
    void taxCategory(String element, boolean withReason) {
        TaxRate rate = invoice.terms().tax();
        in(element, () -> {
            leaf("ID", rate.category().code());
            if (rate.category() != TaxRate.Category.NOT_SUBJECT) {
                leaf("Percent", Numbers.plain(rate.percent()));
            }
            if (withReason) {
                optional("TaxExemptionReasonCode", EXEMPTION_CODES.get(rate.category()));
                optional("TaxExemptionReason", rate.exemptionReason());
            }
            taxScheme();
        });
    }

    void taxScheme() {
        in("TaxScheme", () -> leaf("ID", "VAT"));
    }

    private void totals() {
        Money net = document.shown(invoice.net().total());
        Money total = document.shown(invoice.total());
        in("LegalMonetaryTotal", () -> {
            amount("LineExtensionAmount", net);
            amount("TaxExclusiveAmount", net);
            amount("TaxInclusiveAmount", total);
            amount("PayableAmount", total);
        });
    }

    InvoiceDocument document() {
        return document;
    }

    /** A component with components in it. */
    void in(String element, Runnable content) {
        xml.in("cac:" + element, content);
    }

    /** @param text not blank */
    void leaf(String element, String text) {
        if (isBlank(text)) {
            throw new IllegalArgumentException("an element must not be empty: " + element);
        }
        xml.leaf("cbc:" + element, text);
    }

    void leaf(String element, Attribute attribute, String text) {
        xml.leaf("cbc:" + element, attribute, text);
    }

    void optional(String element, @Nullable String text) {
        if (text != null && !isBlank(text)) {
            xml.leaf("cbc:" + element, text);
        }
    }

    /** With the decimals of the currency, but at most two; further ones are 0. */
    void amount(String element, Money money) {
        int scale = Math.min(money.amount().scale(), DECIMALS);
        price(element, money.amount().setScale(scale, RoundingMode.UNNECESSARY).toPlainString());
    }

    /** A decimal in the currency of the invoice. */
    void price(String element, String decimal) {
        leaf(element, new Attribute("currencyID", invoice.currency().getCurrencyCode()), decimal);
    }

    @Override
    public String toString() {
        return xml.toString();
    }
}

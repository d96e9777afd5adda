package dev.odometer.documents;

import static dev.odometer.documents.UblRequirements.isBlank;

import dev.odometer.documents.Markup.Attribute;
import dev.odometer.metering.invoice.DetailedLine.AmountDiscount;
import dev.odometer.metering.invoice.InvoiceLine;
import java.math.BigDecimal;
import java.util.List;

/** The lines of an invoice in UBL: one for each charge. */
final class UblLines {

    /** One, the unit of all that has no unit of its own; see UN/ECE Recommendation 20. */
    private static final Attribute UNIT = new Attribute("unitCode", "C62");

    /** Discount; see UNTDID 5189. */
    private static final String DISCOUNT = "95";

    private final Ubl ubl;
    private final InvoiceDocument document;

    UblLines(Ubl ubl) {
        this.ubl = ubl;
        this.document = ubl.document();
    }

    void write() {
        List<Position> positions = document.positions();
        for (int i = 0; i < positions.size(); i++) {
            Position one = positions.get(i);
            String id = String.valueOf(i + 1);
            ubl.in(document.isCredit() ? "CreditNoteLine" : "InvoiceLine", () -> write(id, one));
        }
    }

    private void write(String id, Position one) {
        InvoiceLine line = one.line();
        // Unit prices are not negative (BR-27), so the quantity has the sign.
        BigDecimal quantity = document.isCredit() ? one.quantity().negate() : one.quantity();
        ubl.leaf("ID", id);
        ubl.optional("Note", Position.freeUnits(line));
        ubl.leaf(document.isCredit() ? "CreditedQuantity" : "InvoicedQuantity", UNIT, Numbers.plain(quantity));
        ubl.amount("LineExtensionAmount", document.shown(one.net()));
        ubl.period(line.item().period());
        one.discounts().forEach(discount -> write(line, discount));
        ubl.in("Item", () -> {
            ubl.optional("Description", line.wording().description());
            ubl.leaf("Name", isBlank(one.name()) ? "Line " + id : one.name());
            if (!isBlank(line.item().featureKey())) {
                ubl.in(
                        "SellersItemIdentification",
                        () -> ubl.optional("ID", line.item().featureKey()));
            }
            ubl.taxCategory("ClassifiedTaxCategory", false);
        });
        ubl.in("Price", () -> ubl.price("PriceAmount", Numbers.plain(one.unitPrice())));
    }

    /** A discount that raises the amount, since it reverses another one, is a charge: amounts here are not negative. */
    private void write(InvoiceLine line, AmountDiscount discount) {
        var amount = document.shown(discount.amount());
        boolean isCharge = amount.signum() < 0;
        ubl.in("AllowanceCharge", () -> {
            ubl.leaf("ChargeIndicator", String.valueOf(isCharge));
            if (!isCharge) {
                ubl.leaf("AllowanceChargeReasonCode", DISCOUNT);
            }
            ubl.leaf("AllowanceChargeReason", (isCharge ? "Reversed: " : "") + Position.nameOf(line, discount));
            ubl.amount("Amount", isCharge ? amount.negated() : amount);
        });
    }
}

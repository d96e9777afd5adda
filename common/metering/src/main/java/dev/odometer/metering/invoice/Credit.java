package dev.odometer.metering.invoice;

import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import java.math.BigDecimal;
import java.util.List;

/**
 * The credit for an item that costs less than was settled, after a user changed the charge: gave a discount, removed a
 * line, or deleted or voided an invoice. A discount lowers the credit in proportion. Amounts that were not charged are
 * not credited.
 *
 * @param item with the discounts that were charged
 * @param lines that count as billed, at least one
 */
record Credit(BillableItem item, List<InvoiceLine> lines) {

    static Credit of(BillableItem item, List<InvoiceLine> lines) {
        InvoiceLine first = lines.get(0);
        return new Credit(first.isDeleted() ? item : item.discountedAs(first), lines);
    }

    /** @param quantity since the start of the period */
    RatedLine amount(BigDecimal quantity, boolean hasEnded) {
        List<RatedLine> paid = lines.stream()
                .filter(line -> !line.isDeleted())
                .map(InvoiceLine::rated)
                .toList();
        RatedLine credit = Rating.remaining(due(quantity, hasEnded), paid);
        return credit.total().signum() < 0 ? credit : credit.uncharged();
    }

    /** The sum that the charged lines should have: the amount owed, less the lines that were not charged. */
    private RatedLine due(BigDecimal quantity, boolean hasEnded) {
        List<RatedLine> waived = lines.stream()
                .filter(InvoiceLine::isDeleted)
                .map(line -> line.stored().owed())
                .toList();
        RatedLine due = Rating.remaining(item.owed(quantity, hasEnded), waived);
        return !waived.isEmpty() && due.total().signum() < 0 ? due.uncharged() : due;
    }
}

package dev.odometer.metering.invoice;

import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is credited for an item when less is owed than was settled, and users have changed what was charged: by a
 * discount, or by removing a line, or by deleting or voiding its invoice. A discount lowers the credit in proportion,
 * and what was not charged is not credited.
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

    /** What the lines should charge that are paid: what is owed beyond the lines that are not charged. */
    private RatedLine due(BigDecimal quantity, boolean hasEnded) {
        List<RatedLine> waived = lines.stream()
                .filter(InvoiceLine::isDeleted)
                .map(line -> line.stored().owed())
                .toList();
        RatedLine due = Rating.remaining(item.owed(quantity, hasEnded), waived);
        return !waived.isEmpty() && due.total().signum() < 0 ? due.uncharged() : due;
    }
}

package dev.odometer.metering.invoice;

import dev.odometer.metering.pricing.RatedLine;
import dev.odometer.metering.pricing.Rating;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The credit for an item that costs less than was settled, after a user gave its first line a discount. The discount
 * lowers the credit in proportion. Amounts that were not charged are not credited. {@link Discards} computes the credit of
 * an item without a discount.
 *
 * @param item with the discounts that were charged
 * @param lines that count as billed, at least one
 */
record Credit(BillableItem item, List<InvoiceLine> lines) {

    static Credit of(BillableItem item, List<InvoiceLine> lines) {
        return new Credit(item.discountedAs(lines.get(0)), lines);
    }

    /** Whether less is owed than was settled, or more was credited than charged because a charge was discarded. */
    static boolean applies(RatedLine settled, List<InvoiceLine> lines) {
        boolean isEdited = lines.stream().anyMatch(InvoiceLine::isChargedOtherwise);
        return isEdited && (settled.total().signum() < 0 || isOvercredited(settled.uncharged(), charged(lines)));
    }

    private static boolean isOvercredited(RatedLine nothing, List<RatedLine> charged) {
        return Rating.remaining(nothing, charged).total().signum() > 0;
    }

    /** Reverses what was charged. Credits that an operator discarded are not given again. */
    static RatedLine reversal(RatedLine nothing, List<InvoiceLine> lines) {
        List<RatedLine> charged = charged(lines);
        RatedLine reversal = Rating.remaining(nothing, charged);
        Stream<RatedLine> credits = lines.stream()
                .filter(InvoiceLine::isDeleted)
                .map(InvoiceLine::rated)
                .filter(line -> line.total().signum() < 0);
        RatedLine less = Rating.remaining(
                nothing, Stream.concat(charged.stream(), credits).toList());
        return reversal.total().signum() >= 0 ? reversal : less.total().signum() < 0 ? less : reversal.uncharged();
    }

    private static List<RatedLine> charged(List<InvoiceLine> lines) {
        return lines.stream()
                .filter(line -> !line.isDeleted())
                .map(InvoiceLine::rated)
                .toList();
    }

    /** @param quantity since the start of the period */
    RatedLine amount(BigDecimal quantity, boolean hasEnded) {
        List<RatedLine> paid = charged(lines);
        RatedLine due = due(quantity, hasEnded);
        RatedLine credit = Rating.remaining(due, paid);
        return credit.total().signum() < 0 || isOvercredited(due.uncharged(), paid) ? credit : credit.uncharged();
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

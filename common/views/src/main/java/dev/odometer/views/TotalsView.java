package dev.odometer.views;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine.Totals;
import dev.odometer.metering.money.Money;

/**
 * The sums of an invoice, a line or a charge in API responses: strings with the decimals of the currency. There are no
 * credits. The tax is computed once for an invoice, so that of a line or charge is 0.
 *
 * @param chargesTotal what is charged to reach minimum spends
 * @param total with tax
 */
public record TotalsView(
        String amount,
        String chargesTotal,
        String discountsTotal,
        String creditsTotal,
        String taxesInclusiveTotal,
        String taxesExclusiveTotal,
        String taxesTotal,
        String total) {

    /** The sums of an invoice. */
    public static TotalsView of(Invoice invoice) {
        return of(invoice.net(), invoice.tax());
    }

    /** The sums of a line or a charge. */
    public static TotalsView of(Totals totals) {
        return of(totals, Money.zero(totals.total().currency()));
    }

    private static TotalsView of(Totals totals, Money tax) {
        String none = text(Money.zero(tax.currency()));
        return new TotalsView(
                text(totals.amount()),
                text(totals.charges()),
                text(totals.discounts()),
                none,
                none,
                text(tax),
                text(tax),
                text(totals.total().plus(tax)));
    }

    static String text(Money money) {
        return money.amount().toPlainString();
    }
}

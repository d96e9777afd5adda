package dev.odometer.views;

import dev.odometer.metering.invoice.InvoiceLine.Totals;
import dev.odometer.metering.money.Money;

/**
 * The sums of an invoice, a line or a charge in API responses: strings with the decimals of the currency. There are no
 * credits, and no taxes are computed.
 *
 * @param chargesTotal what is charged to reach minimum spends
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

    public static TotalsView of(Totals totals) {
        String none = text(Money.zero(totals.total().currency()));
        return new TotalsView(
                text(totals.amount()),
                text(totals.charges()),
                text(totals.discounts()),
                none,
                none,
                none,
                none,
                text(totals.total()));
    }

    static String text(Money money) {
        return money.amount().toPlainString();
    }
}

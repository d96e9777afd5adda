package dev.odometer.metering.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.InvoiceLine.Totals;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;

/**
 * An invoice to a customer.
 *
 * @param number 1 to 256 characters
 * @param lines at least one
 */
public record Invoice(
        String id, String number, Currency currency, Customer customer, List<InvoiceLine> lines, Instant createdAt) {

    public Invoice {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("an invoice must have at least one line");
        }
    }

    /** From the first start to the last end of the periods of its lines. */
    public Window period() {
        List<Window> periods = lines.stream().map(line -> line.item().period()).toList();
        return new Window(
                periods.stream()
                        .map(Window::start)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                periods.stream().map(Window::end).max(Comparator.naturalOrder()).orElseThrow());
    }

    /** The sums over its lines. */
    public Totals totals() {
        Money zero = Money.zero(currency);
        return lines.stream().map(InvoiceLine::totals).reduce(new Totals(zero, zero, zero, zero), Totals::plus);
    }
}

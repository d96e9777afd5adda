package dev.odometer.documents;

import dev.odometer.documents.Numbers.Days;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.usage.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/**
 * An invoice or credit note as a document.
 *
 * @param corrected the invoices of {@link Corrected#ids}
 */
public record InvoiceDocument(Invoice invoice, List<Corrected> corrected) {

    public InvoiceDocument {
        corrected = List.copyOf(corrected);
    }

    /** The number; of a draft, DRAFT- and its id. */
    public String number() {
        return Objects.requireNonNullElseGet(invoice.number(), () -> "DRAFT-" + invoice.id());
    }

    /** A page of HTML that is also well-formed XML, to show and to print. It loads nothing and runs no script. */
    public String page() {
        return new InvoicePage(this).toString();
    }

    /**
     * An invoice or a credit note in UBL 2.1, as EN 16931 profiles it.
     *
     * @return in UTF-8
     * @throws Refusal CONFLICT when it is not issued, or lacks data that the standard requires
     */
    public byte[] ubl() {
        UblRequirements.check(this);
        return new Ubl(this).toString().getBytes(StandardCharsets.UTF_8);
    }

    boolean isCredit() {
        return invoice.kind() == Invoice.Kind.CREDIT_NOTE;
    }

    /** A credit note shows credited amounts as positive. */
    Money shown(Money amount) {
        return isCredit() ? amount.negated() : amount;
    }

    /** The zone of dates: that of the customer, as its periods begin and end at midnight there. */
    ZoneId zone() {
        return Objects.requireNonNullElse(invoice.parties().customer().timeZone(), ZoneOffset.UTC);
    }

    LocalDate date(Instant time) {
        return LocalDate.ofInstant(time, zone());
    }

    /** The last day is the one before the exclusive end. */
    Days days(Window period) {
        return new Days(date(period.start()), date(period.end().minusNanos(1)));
    }

    List<Position> positions() {
        return invoice.charged().stream()
                .flatMap(line -> Position.of(line).stream())
                .toList();
    }

    /** The period of the lines that are charged, or of all lines if none is charged. */
    Window period() {
        List<InvoiceLine> lines = invoice.charged();
        return lines.isEmpty()
                ? invoice.period()
                : Window.spanning(
                        lines.stream().map(line -> line.item().period()).toList());
    }
}

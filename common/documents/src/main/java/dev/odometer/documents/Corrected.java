package dev.odometer.documents;

import dev.odometer.metering.invoice.Invoice;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** An earlier invoice that a document corrects, in whole or in part. */
public record Corrected(String number, Instant issuedAt) {

    /** @param invoice issued */
    public static Corrected of(Invoice invoice) {
        return new Corrected(
                Objects.requireNonNull(invoice.number(), "an invoice that is corrected has a number"),
                Objects.requireNonNull(invoice.times().issuedAt(), "an invoice that is corrected is issued"));
    }

    /**
     * The invoices that an invoice corrects.
     *
     * @param find called for each of the few ids
     */
    public static List<Corrected> of(Invoice invoice, Function<String, Optional<Invoice>> find) {
        return ids(invoice).stream()
                .flatMap(id -> find.apply(id).stream())
                // A draft that is corrected before it is issued has no number to refer to.
                .filter(earlier -> earlier.times().isIssued())
                .map(Corrected::of)
                .toList();
    }

    /** The ids of the invoices that an invoice corrects. For a credit note, its preceding invoice is the first. */
    public static Set<String> ids(Invoice invoice) {
        var ids = new LinkedHashSet<String>();
        Stream.ofNullable(invoice.preceding()).forEach(ids::add);
        invoice.charged().stream()
                .map(line -> line.origin() == null ? null : line.origin().corrects())
                .filter(Objects::nonNull)
                .forEach(ids::add);
        return ids;
    }
}

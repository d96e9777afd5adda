package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.Invoice.Payment;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceTimes;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of invoices: an invoice without its lines.
 *
 * @param number absent while it is a draft
 */
record StoredInvoice(
        String id,
        String customerId,
        Invoice.Kind kind,
        @Nullable Long number,
        Currency currency,
        StoredDocument document,
        InvoiceTimes times,
        @Nullable String preceding,
        @Nullable Payment payment,
        @Nullable String voidReason) {

    // Offset 0: as in BilledLines.
    private static final String LINES = """
            select l.*, i.currency
            from unnest(:ids) as k (id)
                cross join lateral (select id, currency from invoice where id = k.id offset 0) i
                cross join lateral (
                    select invoice_id, id, line_key, revision, line, position from invoice_line
                    where invoice_id = i.id offset 0) l
            order by l.position
            """;

    static StoredInvoice of(ResultSet row) throws SQLException {
        long number = row.getLong("number");
        boolean isNumbered = !row.wasNull();
        String payment = row.getString("payment");
        return new StoredInvoice(
                row.getString("id"),
                row.getString("customer_id"),
                Invoice.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                isNumbered ? number : null,
                Currency.getInstance(row.getString("currency")),
                StoredDocument.read(row.getString("document")),
                times(row),
                row.getString("preceding_id"),
                payment == null
                        ? null
                        : new Payment(
                                Payment.Report.valueOf(payment.toUpperCase(Locale.ROOT)),
                                Micros.toInstant(row.getLong("payment_at"))),
                row.getString("void_reason"));
    }

    private static InvoiceTimes times(ResultSet row) throws SQLException {
        return new InvoiceTimes(
                Micros.toInstant(row.getLong("created_at")),
                Micros.toInstant(row.getLong("updated_at")),
                Micros.toInstant(row.getLong("collection_at")),
                Micros.toInstant(row, "collected_at"),
                Micros.toInstant(row, "approved_at"),
                Micros.toInstant(row, "issued_at"),
                Micros.toInstant(row, "voided_at"),
                Micros.toInstant(row, "deleted_at"));
    }

    /** The invoices with their lines, in the same order. */
    static List<Invoice> complete(Database database, Collection<StoredInvoice> heads) {
        if (heads.isEmpty()) {
            return List.of();
        }
        var lines = new HashMap<String, List<InvoiceLine>>();
        database.sql()
                .sql(LINES)
                .param("ids", heads.stream().map(StoredInvoice::id).toArray(String[]::new))
                .query(row -> {
                    lines.computeIfAbsent(row.getString("invoice_id"), id -> new ArrayList<>())
                            .add(line(row));
                });
        return heads.stream()
                .map(head -> head.with(Objects.requireNonNull(lines.get(head.id))))
                .toList();
    }

    /** Maps the columns of a line and the currency of its invoice. */
    static InvoiceLine line(ResultSet row) throws SQLException {
        var columns = new StoredLine.Columns(
                row.getString("id"),
                row.getString("line_key"),
                row.getInt("revision"),
                Currency.getInstance(row.getString("currency")));
        return StoredLine.read(row.getString("line"), columns);
    }

    private Invoice with(List<InvoiceLine> lines) {
        return new Invoice(
                id,
                kind,
                number == null ? null : Invoice.number(number),
                currency,
                document.toParties(),
                document.terms().toTerms(),
                document.toNote(voidReason),
                times,
                preceding,
                payment,
                lines);
    }
}

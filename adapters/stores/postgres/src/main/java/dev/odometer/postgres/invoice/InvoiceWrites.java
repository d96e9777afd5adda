package dev.odometer.postgres.invoice;

import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.invoice.InvoiceTimes;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.NamedSql;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes any number of invoices and their lines in two statements. */
final class InvoiceWrites {

    private static final NamedSql INVOICES = new NamedSql("""
            insert into invoice (id, customer_id, profile_id, kind, number, currency, customer_name, document,
                preceding_id, payment, payment_at, total, period_from, auto_advance, draft_until, due_at, created_at,
                updated_at, collection_at, collected_at, approved_at, issued_at, voided_at, deleted_at)
            select * from unnest(:id::text[], :customerId::text[], :profileId::text[], :kind::text[], :number::bigint[],
                :currency::text[], :customerName::text[], :document::text[], :preceding::text[], :payment::text[],
                :paymentAt::bigint[], :total::numeric[], :periodFrom::bigint[], :autoAdvance::bool[],
                :draftUntil::bigint[], :dueAt::bigint[], :createdAt::bigint[], :updatedAt::bigint[],
                :collectionAt::bigint[], :collectedAt::bigint[], :approvedAt::bigint[], :issuedAt::bigint[],
                :voidedAt::bigint[], :deletedAt::bigint[])
            on conflict (id) do update set kind = excluded.kind, number = excluded.number,
                customer_name = excluded.customer_name, document = excluded.document,
                preceding_id = excluded.preceding_id, payment = excluded.payment, payment_at = excluded.payment_at,
                total = excluded.total, period_from = excluded.period_from, auto_advance = excluded.auto_advance,
                draft_until = excluded.draft_until, due_at = excluded.due_at, updated_at = excluded.updated_at,
                collection_at = excluded.collection_at, collected_at = excluded.collected_at,
                approved_at = excluded.approved_at, issued_at = excluded.issued_at, voided_at = excluded.voided_at,
                deleted_at = excluded.deleted_at
            """);
    private static final NamedSql LINES = new NamedSql("""
            insert into invoice_line (id, invoice_id, customer_id, position, line_key, revision, service_to, total, line)
            select * from unnest(:id::text[], :invoiceId::text[], :customerId::text[], :position::int[], :key::text[],
                :revision::int[], :serviceTo::bigint[], :total::numeric[], :line::text[])
            on conflict (id) do update set position = excluded.position, total = excluded.total, line = excluded.line
            """);

    private InvoiceWrites() {}

    /** Stores invoices with their lines. */
    static void put(Database database, List<Invoice> invoices) {
        putWithoutLines(database, invoices);
        List<Placed> lines = invoices.stream().flatMap(Placed::of).toList();
        if (!lines.isEmpty()) {
            database.query(LINES, columns(lines), row -> {});
        }
    }

    /** Stores invoices whose lines did not change. */
    static void putWithoutLines(Database database, List<Invoice> invoices) {
        if (!invoices.isEmpty()) {
            database.query(INVOICES, new Columns(invoices).all(), row -> {});
        }
    }

    /** A line with its position on its invoice. */
    private record Placed(Invoice invoice, int position, InvoiceLine line) {

        static java.util.stream.Stream<Placed> of(Invoice invoice) {
            return java.util.stream.IntStream.range(0, invoice.lines().size())
                    .mapToObj(i -> new Placed(invoice, i, invoice.lines().get(i)));
        }
    }

    private static Map<String, Object> columns(List<Placed> lines) {
        var columns = new HashMap<String, Object>();
        columns.put("id", texts(lines, one -> one.line.id()));
        columns.put("invoiceId", texts(lines, one -> one.invoice.id()));
        columns.put(
                "customerId",
                texts(lines, one -> one.invoice.parties().customer().id()));
        columns.put("position", lines.stream().mapToInt(Placed::position).toArray());
        columns.put("key", texts(lines, one -> one.line.stored().key()));
        columns.put(
                "revision",
                lines.stream().mapToInt(one -> one.line.stored().revision()).toArray());
        columns.put(
                "serviceTo",
                longs(lines, one -> Micros.of(one.line.stored().service().end())));
        columns.put("total", decimals(lines, one -> one.line.totals().total().amount()));
        columns.put("line", texts(lines, one -> StoredLine.write(one.line)));
        return columns;
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static <T> Long[] longs(List<T> rows, Function<T, @Nullable Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    private static <T> BigDecimal[] decimals(List<T> rows, Function<T, BigDecimal> column) {
        return rows.stream().map(column).toArray(BigDecimal[]::new);
    }

    /** The columns of invoices, as arrays. */
    private record Columns(List<Invoice> invoices) {

        Map<String, Object> all() {
            var columns = new HashMap<String, Object>();
            columns.put("id", texts(invoices, Invoice::id));
            columns.put(
                    "customerId",
                    texts(invoices, one -> one.parties().customer().id()));
            columns.put("profileId", texts(invoices, one -> one.terms().profileId()));
            columns.put("kind", texts(invoices, one -> StoredTerms.lower(one.kind())));
            columns.put("number", longs(invoices, Invoice::position));
            columns.put("currency", texts(invoices, one -> one.currency().getCurrencyCode()));
            columns.put(
                    "customerName",
                    texts(invoices, one -> one.parties().customer().name()));
            columns.put("document", texts(invoices, StoredDocument::write));
            columns.put("preceding", texts(invoices, Invoice::preceding));
            columns.put("payment", texts(invoices, Columns::payment));
            columns.put("paymentAt", longs(invoices, Columns::paymentAt));
            columns.put("total", decimals(invoices, one -> one.total().amount()));
            columns.put("autoAdvance", autoAdvance());
            putTimes(columns);
            return columns;
        }

        private static @Nullable String payment(Invoice invoice) {
            return invoice.payment() == null
                    ? null
                    : StoredTerms.lower(invoice.payment().report());
        }

        private static @Nullable Long paymentAt(Invoice invoice) {
            return invoice.payment() == null
                    ? null
                    : Micros.of(invoice.payment().at());
        }

        private boolean[] autoAdvance() {
            boolean[] column = new boolean[invoices.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = invoices.get(i).terms().workflow().autoAdvance();
            }
            return column;
        }

        private void putTimes(Map<String, Object> columns) {
            columns.put("periodFrom", times(one -> one.period().start()));
            columns.put("draftUntil", times(Invoice::draftUntil));
            columns.put("dueAt", times(Invoice::dueAt));
            columns.put("createdAt", facts(InvoiceTimes::createdAt));
            columns.put("updatedAt", facts(InvoiceTimes::updatedAt));
            columns.put("collectionAt", facts(InvoiceTimes::collectionAt));
            columns.put("collectedAt", facts(InvoiceTimes::collectedAt));
            columns.put("approvedAt", facts(InvoiceTimes::approvedAt));
            columns.put("issuedAt", facts(InvoiceTimes::issuedAt));
            columns.put("voidedAt", facts(InvoiceTimes::voidedAt));
            columns.put("deletedAt", facts(InvoiceTimes::deletedAt));
        }

        private Long[] facts(Function<InvoiceTimes, @Nullable Instant> fact) {
            return times(invoice -> fact.apply(invoice.times()));
        }

        private Long[] times(Function<Invoice, @Nullable Instant> time) {
            return longs(invoices, invoice -> Micros.ofNullable(time.apply(invoice)));
        }
    }
}
